import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compileServer } from '../runtime/index.ts';
import type { NodeProgram, StartFailure } from '../runtime/types.ts';

/** A compiled answer, or why it cannot be one: a fault of its own. */
export type PreparedAnswer =
  | { kind: 'program'; program: NodeProgram }
  | { kind: 'failed'; failure: StartFailure };

export interface PrepareAnswerOptions {
  /** Holds server.ts or server.js. */
  sourceFolder: string;
  /** Another file to begin with; relative to the folder. */
  entry?: string | undefined;
  /** Where the compiled files go: made anew. Imports of packages are resolved from here. */
  buildFolder: string;
  /** Folders that the answer may read beside its own. */
  readable: readonly string[];
  allowWorkers: boolean;
}

/** Compiles an answer, to be launched as often as it is needed. */
export async function prepareAnswer(options: PrepareAnswerOptions): Promise<PreparedAnswer> {
  const { sourceFolder, entry, buildFolder, readable, allowWorkers } = options;
  await rm(buildFolder, { recursive: true, force: true });
  const compiled = await compileServer({
    sourceFolder,
    outputFolder: buildFolder,
    ...(entry !== undefined && { entry }),
  });
  if (compiled.kind === 'failed') return compiled;
  return {
    kind: 'program',
    program: { kind: 'node', entry: compiled.entry, sourceFolder, readable, allowWorkers },
  };
}

export interface PrepareProofOptions {
  /** The lab's starter. */
  starter: string;
  /** Holds the files that differ from it, and answer.md; undefined for the starter as it stands. */
  answer: string | undefined;
  /** A folder of the proof's own is made in it. */
  workFolder: string;
  /** The node_modules folder whose packages the answer may import; where none is named, those that are found from workFolder. */
  packages?: string;
  allowWorkers: boolean;
}

/** An answer laid over the starter and compiled, in a folder of its own. */
export interface Proof {
  prepared: PreparedAnswer;
  /** Removes the folder. */
  remove(): Promise<void>;
}

/** Lays a right or wrong answer of a lab over the starter, in a new folder, and compiles it. */
export async function prepareProof(options: PrepareProofOptions): Promise<Proof> {
  const { starter, answer, workFolder, packages, allowWorkers } = options;
  await mkdir(workFolder, { recursive: true });
  const folder = await mkdtemp(join(workFolder, `${basename(answer ?? 'starter')}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  const sourceFolder = join(folder, 'answer');
  try {
    await cp(starter, sourceFolder, { recursive: true });
    if (answer) await cp(answer, sourceFolder, { recursive: true, force: true });
    if (packages) await symlink(packages, join(folder, 'node_modules'), 'dir');
    const buildFolder = join(folder, 'build');
    return {
      prepared: await prepareAnswer({ sourceFolder, buildFolder, readable: [], allowWorkers }),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
