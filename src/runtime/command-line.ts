import { findCommand } from './find-command.ts';
import { nodeArguments } from './node-arguments.ts';
import type { RuntimeSetting } from './setting.ts';
import type { LaunchOptions } from './types.ts';

/** What the system is asked to run. */
export interface CommandLine {
  kind: 'found';
  /** Absolute. */
  file: string;
  args: readonly string[];
  cwd: string;
}

/** For a program of either kind; a command may not be there. */
export function commandLine(
  options: LaunchOptions,
  setting: RuntimeSetting,
): CommandLine | { kind: 'not-found' | 'not-executable' } {
  const { program } = options;
  if (program.kind === 'node') {
    const args = nodeArguments(program, options, setting);
    return { kind: 'found', file: setting.node, args, cwd: program.sourceFolder };
  }
  const found = findCommand(program.command, program.cwd, setting.environment.PATH);
  return found.kind === 'found' ? { ...found, args: program.args, cwd: program.cwd } : found;
}
