import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProofPlace, proveAnswer } from '../../src/authoring/prove-answer.ts';
import type { Lab } from '../../src/catalog/types.ts';
import type { LabMutation } from './lab-mutations.ts';

/** What came of a mutant. */
export interface Fate {
  /** Not started: it cannot be judged. Errored: no check failed, and one could not judge, which is a fault of ours. */
  fate: 'killed' | 'survived' | 'not-started' | 'errored';
  /** The checks that failed, or errored; of a mutant that did not start why not. */
  by: string;
  seconds: number;
}

/** Runs a lab's checks on a mutant, as those of a learner are run, up to the first that fails. */
export async function gradeMutant(
  mutation: LabMutation,
  { lab, seed, place }: { lab: Lab; seed: number; place: ProofPlace },
): Promise<Fate> {
  const startedAtMs = performance.now();
  const outcome = (fate: Fate['fate'], by = ''): Fate => {
    return { fate, by, seconds: (performance.now() - startedAtMs) / 1000 };
  };
  const folder = await mkdtemp(join(place.workFolder, `${mutation.answer}-mutant-`));
  const enough = new AbortController();
  const failed: string[] = [];
  const errored: string[] = [];
  try {
    await cp(mutation.folder, folder, { recursive: true });
    await writeFile(join(folder, mutation.file), mutation.code);
    const proved = await proveAnswer({
      lab,
      checks: await lab.checks(),
      answer: folder,
      seed,
      place: { ...place, signal: enough.signal },
      onProgress: (progress) => {
        if (progress.kind !== 'check-ended') return;
        const { id, outcome: found } = progress.result;
        if (found === 'errored') errored.push(id);
        if (found !== 'failed') return;
        failed.push(id);
        enough.abort(new Error('one failed check is enough'));
      },
    });
    if (proved.kind === 'no-program') return outcome('not-started', proved.failure.reason);
    const unstarted = proved.verdicts.find(({ startFailure }) => startFailure)?.startFailure;
    if (unstarted) return outcome('not-started', unstarted.reason);
  } catch (error) {
    if (!enough.signal.aborted) throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (failed.length > 0) return outcome('killed', failed.join(', '));
  return errored.length > 0 ? outcome('errored', errored.join(', ')) : outcome('survived');
}
