import { rename, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import {
  array,
  boolean,
  finite,
  type GenericSchema,
  looseObject,
  number,
  optional,
  pipe,
  record,
  string,
} from 'valibot';
import { couldNotRun } from '../errors.ts';
import { withFileErrors } from './file-errors.ts';
import { unusedPath } from './folder-files.ts';
import { withLock } from './lock.ts';
import { progressFile, timestamp } from './paths.ts';
import { emptyProgress } from './progress.ts';
import { newerVersion, readState, writeState } from './state-file.ts';
import type { Progress, Workspace } from './types.ts';

/** Takes a sentence for the person; the work goes on after it. */
export type Warn = (sentence: string) => void;

/** JSON reads 1e999 as Infinity, and writes that as null: the next reader would find the file damaged. */
const figure = pipe(number(), finite());

const answerSchema = looseObject({
  given: string(),
  at: string(),
  points: figure,
  run: optional(figure),
});

const attemptSchema = looseObject({
  exercise: string(),
  at: string(),
  seed: figure,
  points: figure,
  possible: figure,
  notJudged: figure,
  passed: boolean(),
  failed: array(string()),
  hash: string(),
});

const labSchema = looseObject({
  position: optional(looseObject({ step: string(), run: figure })),
  finished: boolean(),
  answers: record(string(), answerSchema),
  hints: record(string(), figure),
  attempts: array(attemptSchema),
  givenUpAt: optional(string()),
});

const progressSchema: GenericSchema = looseObject({
  labs: record(string(), labSchema),
  lastLab: optional(figure),
});

/**
 * Where the learner stands. A file that cannot be read is moved to `progress.damaged-<when it was written>.json` beside
 * it and told to `warn`; progress then starts anew. Without `warn` the call ends by couldNotRun, after the file was
 * kept. Throws couldNotRun too for a file of a newer version, and where the file system refuses.
 */
export async function readProgress(
  workspace: Pick<Workspace, 'root'>,
  warn: Warn = refuse,
): Promise<Progress> {
  const file = progressFile(workspace.root);
  return withFileErrors(file, async () => {
    const read = await readState<Progress>(file, progressSchema);
    if (read.kind === 'read') return read.value;
    if (read.kind === 'missing') return emptyProgress;
    return withLock(workspace.root, () => readOrKeep(workspace.root, warn));
  });
}

/**
 * Changes what is stored, under a lock, and gives the result. `change` must be pure: it may be called again on a newer
 * state. A file that cannot be read is treated as by `readProgress`. Throws couldNotRun also where another command
 * keeps the lock for 5 s.
 */
export async function updateProgress(
  workspace: Pick<Workspace, 'root'>,
  change: (progress: Progress) => Progress,
  warn: Warn = refuse,
): Promise<Progress> {
  const file = progressFile(workspace.root);
  return withFileErrors(file, () =>
    withLock(workspace.root, async (lock) => {
      const changed = change(await readOrKeep(workspace.root, warn));
      await writeState(file, changed, lock);
      return changed;
    }),
  );
}

/** Under the lock: otherwise a file that another command has just repaired could be moved away. */
async function readOrKeep(root: string, warn: Warn): Promise<Progress> {
  const file = progressFile(root);
  const read = await readState<Progress>(file, progressSchema);
  switch (read.kind) {
    case 'read':
      return read.value;
    case 'missing':
      return emptyProgress;
    case 'newer':
      throw newerVersion(file);
    case 'damaged': {
      const kept = await keepBeside(file);
      warn(
        `Your progress could not be read: ${read.reason}. The file was kept as ${relative(root, kept)}, and progress starts anew.`,
      );
      return emptyProgress;
    }
  }
}

/** Named by the moment when it was written, which is where a learner would look in a backup. */
async function keepBeside(file: string): Promise<string> {
  const { mtime } = await stat(file);
  const start = join(dirname(file), `progress.damaged-${timestamp(mtime)}`);
  const kept = await unusedPath(start, '.json');
  await rename(file, kept);
  return kept;
}

function refuse(warning: string): never {
  throw couldNotRun(warning, 'Put a copy of yours back if you have one, or run the command again.');
}
