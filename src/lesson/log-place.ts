import type { ExperimentResult } from '../kit/index.ts';

/** An experiment's result as it is shown: its commands name the file that its log is in. */
export function withLogFile(result: ExperimentResult, file: string): ExperimentResult {
  const { commands } = result.exhibit;
  if (!commands) return result;
  const filled = commands.map((command) => command.replaceAll('{{log}}', () => shellWord(file)));
  return { ...result, exhibit: { ...result.exhibit, commands: filled } };
}

/** One word for a POSIX shell, in quotes only where it needs them. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
