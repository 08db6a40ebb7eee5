import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '../catalog/types.ts';
import { errorCode } from '../errors.ts';
import type { CodeExercise } from '../kit/index.ts';

/** The file to edit: long enough to be real, short enough to be read. */
const lines = { least: 30, most: 80 } as const;

/** What is wrong with the files that the learner gets. */
export async function starterProblems(
  lab: Pick<Lab, 'folder' | 'exercises'>,
): Promise<readonly string[]> {
  const exercises = lab.exercises.filter((each): each is CodeExercise => each.kind === 'code');
  const found = await Promise.all(
    exercises.map(async ({ id, file }) => {
      const text = await readFile(join(lab.folder, 'starter', file), 'utf8').catch((error) => {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) return [`${id} is about starter/${file}, and there is no such file`];
      const count = text.trimEnd().split('\n').length;
      const fits = count >= lines.least && count <= lines.most;
      return fits
        ? []
        : [`starter/${file} has ${count} lines; it should have ${lines.least} to ${lines.most}`];
    }),
  );
  return found.flat();
}
