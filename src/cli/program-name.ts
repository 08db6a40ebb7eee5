import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';
import type { CommonOptions, Context } from './context.ts';

/**
 * How the program is called from where the learner stands: by its name where it is installed, else through npx; with
 * `--labs` where it was given, since without it the next command would not find the lab.
 */
export function programName(
  context: Pick<Context, 'env' | 'cwd' | 'packageRoot'>,
  { labs }: Pick<CommonOptions, 'labs'> = {},
): string {
  const name = calledName(context);
  return labs ? `${name} --labs ${quoted(labs)}` : name;
}

function calledName({
  env,
  cwd,
  packageRoot,
}: Pick<Context, 'env' | 'cwd' | 'packageRoot'>): string {
  if (env.npm_command === 'exec') return `npx ${askedFor(packageRoot, cwd)}`;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.some((folder) => existsSync(join(folder, 'course-labs')))
    ? 'course-labs'
    : 'npx course-labs';
}

/**
 * What npx has to be given: the name, where it is installed here or above, as in every workspace, or came from a registry;
 * else the archive that it came from, as it is found from here.
 */
function askedFor(packageRoot: string, cwd: string): string {
  const name = 'course-labs';
  // npx installs into a folder of its own, whose package.json says what it was told to get.
  const place = dirname(dirname(packageRoot));
  if (basename(dirname(place)) !== '_npx' || isInstalledAbove(cwd)) return name;
  const { dependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  const [, file] = /^file:(.+\.tgz)$/.exec(dependencies?.[name] ?? '') ?? [];
  if (file === undefined) return name;
  const path = relative(cwd, resolve(place, file));
  // Without a dot in front npx takes it for the name of a package.
  const named = path.startsWith('..') ? path : `./${path}`;
  // npx takes an archive for not installed each time, and would ask.
  return `--yes ${quoted(named)}`;
}

function isInstalledAbove(folder: string): boolean {
  if (existsSync(join(folder, 'node_modules', '.bin', 'course-labs'))) return true;
  return folder !== dirname(folder) && isInstalledAbove(dirname(folder));
}

/** As a POSIX shell reads it as one word. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
