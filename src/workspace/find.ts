import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defaultFolderName, workspaceFile } from './paths.ts';

/**
 * The workspace that a person means who stands in `from`: that folder, the one named `course-labs-work` in it, or the
 * nearest folder above. Undefined where there is none.
 */
export function findWorkspace(from: string): string | undefined {
  const start = resolve(from);
  for (const folder of [start, join(start, defaultFolderName), ...above(start)]) {
    if (isFile(workspaceFile(folder))) return folder;
  }
  return undefined;
}

function above(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...above(parent)];
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A folder that may not be read holds no workspace for this person.
    return false;
  }
}
