import { integer, looseObject, number, optional, pipe, string } from 'valibot';
import { couldNotRun } from '../errors.ts';
import { withFileErrors } from './file-errors.ts';
import { workspaceFile } from './paths.ts';
import { newerVersion, readState } from './state-file.ts';
import type { Workspace } from './types.ts';

const workspaceSchema = looseObject({
  seed: pipe(number(), integer()),
  learner: optional(string()),
});

/**
 * Reads a workspace. Throws couldNotRun where there is none, where its course-labs.json cannot be read (it is left as
 * it is) or where a newer course-labs wrote it.
 */
export async function openWorkspace(root: string): Promise<Workspace> {
  const file = workspaceFile(root);
  const read = await withFileErrors(file, () =>
    readState<Omit<Workspace, 'root'>>(file, workspaceSchema),
  );
  switch (read.kind) {
    case 'read':
      return { root, seed: read.value.seed, learner: read.value.learner };
    case 'newer':
      throw newerVersion(file);
    case 'missing':
      throw couldNotRun(`There is no workspace in ${root}.`, 'Make one: course-labs start');
    case 'damaged':
      throw couldNotRun(
        `${file} cannot be read: ${read.reason}`,
        'Repair it, or take an earlier copy of it. It was left as it is: the seed of your questions is in it.',
      );
  }
}
