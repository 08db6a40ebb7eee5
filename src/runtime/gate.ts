import type { ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { isAbsolute } from 'node:path';

/**
 * A command that waits for a line on its stdin before it becomes the program. Between the moment when a process exists and
 * the one when the keeper knows of it, the CLI may be killed: the pipe then closes without a line, and the shell ends
 * instead of becoming a program that nobody would ever end. Throws the system's error when there is no such program.
 */
export function gated(
  file: string,
  args: readonly string[],
): { file: string; args: readonly string[] } {
  if (isAbsolute(file)) accessSync(file, constants.X_OK);
  return {
    file: '/bin/sh',
    args: ['-c', 'read -r go || exit 1; exec "$@" </dev/null', 'sh', file, ...args],
  };
}

/** Lets the program begin; from then on it has no stdin. */
export function openGate(child: ChildProcess): void {
  // It may have been killed meanwhile: its end is told by `exit`.
  child.stdin?.on('error', () => {});
  child.stdin?.end('go\n');
}
