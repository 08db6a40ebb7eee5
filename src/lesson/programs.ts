import { join } from 'node:path';
import type { Lab, ProofAnswer } from '../catalog/types.ts';
import { couldNotRun } from '../errors.ts';
import {
  type PreparedAnswer,
  type Proof,
  prepareAnswer,
  prepareProof,
} from '../grading/prepare-answer.ts';
import type { Variant } from '../kit/index.ts';
import type { Program } from '../runtime/types.ts';

/** Where the programs of a lab come from, and where they are compiled. */
export interface ProgramPlace {
  lab: Lab;
  /** The workspace's root: what an answer may read, with the packages that it may import. */
  root: string;
  /** The learner's folder of the lab. */
  folder: string;
  /** A folder of this command's own under the workspace, so that two commands do not disturb each other. */
  buildFolder: string;
}

/** The learner's own answer, compiled; or why it cannot be. */
export function prepareMine({
  lab,
  root,
  folder,
  buildFolder,
}: ProgramPlace): Promise<PreparedAnswer> {
  return prepareAnswer({
    sourceFolder: folder,
    buildFolder: join(buildFolder, lab.folderName),
    readable: [root],
    allowWorkers: lab.allowWorkers ?? false,
  });
}

/**
 * The lab's server with its flaw, or another file of the lab that a variant names. Throws (exit 3) where it cannot be
 * compiled: a fault of ours.
 */
export async function prepareDemonstration(place: ProgramPlace, entry?: string): Promise<Program> {
  const { lab, root, buildFolder } = place;
  const prepared = await prepareAnswer({
    sourceFolder: lab.folder,
    entry,
    buildFolder: join(buildFolder, `${lab.folderName}-demonstration`, entry ?? 'server.ts'),
    readable: [root],
    allowWorkers: lab.allowWorkers ?? false,
  });
  return programOf(prepared, `the server of lab ${lab.number}`);
}

/** The lab's first right answer, which a demonstration shows in place of the learner's. */
export async function prepareSolution(
  place: ProgramPlace,
): Promise<{ solution: ProofAnswer; program: Program; remove: Proof['remove'] }> {
  const { lab, buildFolder } = place;
  const [solution] = await lab.solutions();
  if (solution === undefined) throw couldNotRun(`Lab ${lab.number} has no right answer to show.`);
  const proof = await prepareProof({
    starter: join(lab.folder, 'starter'),
    answer: solution.folder,
    workFolder: buildFolder,
    allowWorkers: lab.allowWorkers ?? false,
  });
  const program = programOf(proof.prepared, `the right answer ${solution.name}`);
  return { solution, program, remove: proof.remove };
}

function programOf(prepared: PreparedAnswer, what: string): Program {
  if (prepared.kind === 'program') return prepared.program;
  throw couldNotRun(
    `A fault of course-labs: ${what} cannot be compiled. ${prepared.failure.message}`,
  );
}

/** The learner's own answer, ready to be launched. Throws (exit 3) where it cannot be compiled, with what is wrong. */
export async function mineOrThrow(place: ProgramPlace): Promise<Program> {
  const prepared = await prepareMine(place);
  if (prepared.kind === 'program') return prepared.program;
  throw couldNotRun(
    `Your server did not start. ${prepared.failure.message}`,
    `More about it: course-labs check-answer ${place.lab.number}`,
  );
}

/**
 * The program of each variant of the lab's scenario. `own` is what takes the place of the demonstration where the
 * learner's server (or the right answer that stands in for it) is measured.
 */
export function variantPrograms(
  place: ProgramPlace,
  own: Program | undefined,
): (variant: Variant) => Promise<Program> {
  return async ({ entry, inMine = 'mine' }) =>
    own === undefined || inMine === 'demonstration' ? prepareDemonstration(place, entry) : own;
}
