import { lstat, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../errors.ts';

/**
 * The files in a folder and below, relative, with `/`, sorted by UTF-16 code units. Names that begin with a dot and
 * node_modules are left out; a link counts as the file that it leads to, and links to folders are not followed.
 * Throws system errors.
 */
export async function listFiles(folder: string): Promise<readonly string[]> {
  return (await listBelow(folder, '')).sort();
}

async function listBelow(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await listBelow(path, `${prefix}${entry.name}/`)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path)))) {
      found.push(`${prefix}${entry.name}`);
    }
  }
  return found;
}

async function leadsToFile(link: string): Promise<boolean> {
  const stats = await stat(link).catch(() => undefined);
  return stats?.isFile() ?? false;
}

/** Copies contents alone: what was installed read-only must be writable for the learner. Overwrites. */
export async function copyFiles(from: string, to: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const target = join(to, name);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await readFile(join(from, name)));
  }
}

/** `<start><end>`, or `<start>-2<end>` and so on: the first at which nothing stands. */
export async function unusedPath(start: string, end = ''): Promise<string> {
  for (let count = 1; ; count += 1) {
    const path = `${start}${count === 1 ? '' : `-${count}`}${end}`;
    if (!(await exists(path))) return path;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
