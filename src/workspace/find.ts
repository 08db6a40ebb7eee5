import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { defaultFolderName, workspaceFile } from './paths.ts';

/**
 * The workspace that a person means who stands in `from`: that folder, the one named `course-labs-work` in it, or the
 * nearest folder above. Undefined where there is none.
 */
export async function findWorkspace(from: string): Promise<string | undefined> {
  const start = resolve(from);
  for (const folder of [start, join(start, defaultFolderName), ...above(start)]) {
    if (await isFile(workspaceFile(folder))) return folder;
  }
  return undefined;
}

function above(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...above(parent)];
}

async function isFile(path: string): Promise<boolean> {
  // A folder that may not be read holds no workspace for this person.
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ?? false;
}
