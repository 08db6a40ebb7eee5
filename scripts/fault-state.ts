import { existsSync, readFileSync } from 'node:fs';
import { listRuns, openWorkspace, readProgress } from '../src/workspace/index.ts';

/** All that stands in a workspace, a text for each thing, and what could not be read. */
export interface Recorded {
  facts: ReadonlySet<string>;
  unreadable: readonly string[];
}

/** Reads progress and stored runs as the commands do. */
export async function recordedIn(root: string): Promise<Recorded> {
  const unreadable: string[] = [];
  const warn = (sentence: string) => void unreadable.push(sentence);
  try {
    const workspace = await openWorkspace(root);
    const { labs } = await readProgress(workspace, warn);
    const progress = Object.entries(labs).flatMap(([lab, one]) => [
      ...one.attempts.map((attempt) => `lab ${lab}, attempt ${JSON.stringify(attempt)}`),
      ...Object.entries(one.answers).map(([id, { given }]) => `lab ${lab}, answer ${id}=${given}`),
      ...(one.finished || one.position !== undefined ? [`lab ${lab} was begun`] : []),
    ]);
    const runs = (await listRuns(workspace, { warn })).flatMap(({ id, kind, record }) => [
      `run ${id}, ${kind}`,
      ...Object.entries(record.predictions).map(([step, text]) => `run ${id}, ${step}=${text}`),
      ...Object.keys(record.experiments).map((step) => `run ${id}, experiment ${step}`),
      ...Object.entries(record.benches).flatMap(([step, report]) =>
        report.kind === 'refused'
          ? [`run ${id}, ${step} refused`]
          : report.measurements.map((each) => `run ${id}, ${step}, ${JSON.stringify(each)}`),
      ),
    ]);
    return { facts: new Set([...progress, ...runs]), unreadable };
  } catch (error) {
    return { facts: new Set(), unreadable: [...unreadable, String(error)] };
  }
}

/** The rows of a ledger of grades; one that is just being written is none yet. */
export function gradesIn(ledger: string): Recorded {
  const text = existsSync(ledger) ? readFileSync(ledger, 'utf8') : '';
  return { facts: new Set(text.split('\n').slice(0, -1).filter(Boolean)), unreadable: [] };
}

/**
 * What stood there before and does not now. A benchmark that is refused in a later round shows no figures, those of its
 * earlier rounds included: the refusal takes their place.
 */
export function lostSince(before: Recorded, after: Recorded): string[] {
  const refused = [...after.facts].flatMap(
    (fact) => /^(run \d+, .+) refused$/.exec(fact)?.[1] ?? [],
  );
  return [...before.facts].filter(
    (fact) => !after.facts.has(fact) && !refused.some((bench) => fact.startsWith(`${bench}, {`)),
  );
}
