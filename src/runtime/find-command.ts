import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Where a command is, as a shell would find it. */
export type FoundCommand =
  | { kind: 'found'; file: string }
  | { kind: 'not-found' | 'not-executable' };

/** A name is looked for in PATH; a path is taken from the folder that the command runs in. */
export function findCommand(command: string, cwd: string, path: string | undefined): FoundCommand {
  const candidates = command.includes('/')
    ? [resolve(cwd, command)]
    : (path ?? '').split(delimiter).map((folder) => join(folder || cwd, command));
  const files = candidates.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  const file = files.find(isExecutable);
  if (file !== undefined) return { kind: 'found', file };
  return { kind: files.length === 0 ? 'not-found' : 'not-executable' };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
