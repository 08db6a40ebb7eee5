import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withFileErrors } from './file-errors.ts';
import { runLogFile } from './paths.ts';
import type { Workspace } from './types.ts';

/**
 * Lays what an experiment of a run logged into a file, in place of an earlier one of the same run. Throws couldNotRun
 * where the file system refuses.
 */
export async function saveRunLog(
  { root }: Pick<Workspace, 'root'>,
  { run, step, text }: { run: number; step: string; text: string },
): Promise<void> {
  const file = runLogFile(root, run, step);
  await withFileErrors(file, async () => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  });
}
