import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { CommonOptions, Context } from './context.ts';

/**
 * How the program is called from where the learner stands: by its name where it is installed, else through npx; with
 * `--labs` where it was given, since without it the next command would not find the lab.
 */
export function programName(
  { env }: Pick<Context, 'env'>,
  { labs }: Pick<CommonOptions, 'labs'> = {},
): string {
  const name = isInstalled(env) ? 'course-labs' : 'npx course-labs';
  return labs ? `${name} --labs ${quoted(labs)}` : name;
}

function isInstalled(env: Context['env']): boolean {
  if (env.npm_command === 'exec') return false;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => existsSync(join(folder, 'course-labs')));
}

/** As a POSIX shell reads it as one word. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
