import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { couldNotRun } from '../errors.ts';
import { withFileErrors } from './file-errors.ts';
import { withLock } from './lock.ts';
import { openWorkspace } from './open.ts';
import { defaultFolderName, workspaceFile, workspaceFileName } from './paths.ts';
import { writeScaffold } from './scaffold.ts';
import { writeState } from './state-file.ts';
import type { Workspace } from './types.ts';

export interface NewWorkspace {
  root: string;
  /** Drawn by the caller. */
  seed: number;
  learner?: string;
}

/** What may stand in a folder that becomes a workspace: a fresh repository, an editor's folder, or our own beginnings. */
const harmless =
  /^(\.git|\.github|\.gitignore|\.gitattributes|\.editorconfig|\.vscode|\.idea|\.DS_Store|\.course-labs|README(\..*)?|LICENSE(\..*)?)$/i;

/**
 * Makes a workspace. In a folder that is one already it adds what is missing, and gives the seed and the learner that
 * stand there. Throws couldNotRun where the folder holds something else, or where it cannot be written.
 */
export async function createWorkspace({
  root: given,
  seed,
  learner,
}: NewWorkspace): Promise<Workspace> {
  const root = resolve(given);
  await withFileErrors(root, async () => {
    await mkdir(root, { recursive: true });
    await refuseForeignFolder(root);
    await withLock(root, async (lock) => {
      // Looked at under the lock: two commands may both be making this workspace.
      if ((await readdir(root)).includes(workspaceFileName)) return;
      await writeState(workspaceFile(root), { seed, learner }, lock);
    });
    await writeScaffold(root);
  });
  return openWorkspace(root);
}

async function refuseForeignFolder(root: string): Promise<void> {
  const names = await readdir(root);
  if (names.includes(workspaceFileName)) return;
  const foreign = names.find((name) => !harmless.test(name));
  if (foreign === undefined) return;
  throw couldNotRun(
    `${root} is no workspace, and it is not empty: it holds ${foreign}.`,
    `Use a folder of its own: course-labs start --workspace '${join(root, defaultFolderName)}'`,
  );
}
