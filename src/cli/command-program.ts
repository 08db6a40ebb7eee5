import type { CommandProgram } from '../runtime/types.ts';

/** A program of any language, as `--command` names it: read by the shell, and replaced by the program at once. */
export function commandProgram(line: string, cwd: string): CommandProgram {
  return { kind: 'command', command: '/bin/sh', args: ['-c', `exec ${line}`], cwd };
}
