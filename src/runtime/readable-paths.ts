import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { NodeProgram } from './types.ts';

/**
 * What a program may read: its compiled folder, its sources, the folders that it was given, what it may write, and the
 * packages that resolve from them, with all that those import themselves. Node 20.19 also asks for `package.json` and
 * `node_modules` on the way up to the root, whether they exist or not.
 */
export function readablePaths(
  program: NodeProgram,
  writable: readonly string[],
): readonly string[] {
  const folders = [dirname(program.entry), program.sourceFolder, ...program.readable].flatMap(
    withRealPath,
  );
  const packages = [...new Set(folders.flatMap(ancestors))]
    .map((folder) => join(folder, 'node_modules'))
    .filter(existsSync)
    .flatMap((folder) => [...withRealPath(folder), ...linkedFrom(folder)]);
  const all = outermost([...folders, ...packages, ...writable]);
  const lookups = [...new Set(all.flatMap(ancestors))].flatMap((folder) => [
    join(folder, 'package.json'),
    join(folder, 'node_modules', '*'),
  ]);
  return [...all, ...outermost(lookups, all)];
}

/** Without those that lie in another one: Node 20 aborts when a path is given twice. */
export function outermost(
  paths: readonly string[],
  folders: readonly string[] = paths,
): readonly string[] {
  const isCovered = (path: string) => folders.some((folder) => path.startsWith(folder + sep));
  return [...new Set(paths)].filter((path) => !isCovered(path));
}

function withRealPath(path: string): string[] {
  return existsSync(path) ? [...new Set([path, realpathSync(path)])] : [path];
}

/** The folder itself, its parent, and so on up to the root. */
function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** Where the links of a node_modules lead: the outermost node_modules around each target holds what it imports. */
function linkedFrom(modules: string): string[] {
  const targets = linksIn(modules)
    .filter(existsSync)
    .map((link) => realpathSync(link));
  return [...new Set(targets.flatMap((target) => [target, ...outermostModules(target)]))];
}

/** Packages that are links. Each start of a server looks, so none is looked at by itself. */
function linksIn(folder: string, inScope = false): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const { name } = entry;
    const path = join(folder, name);
    if (name.startsWith('.')) return [];
    if (!inScope && name.startsWith('@') && existsSync(path)) return linksIn(path, true);
    return entry.isSymbolicLink() ? [path] : [];
  });
}

/** npm puts shared packages into the outermost one; pnpm keeps its whole store there. */
function outermostModules(path: string): string[] {
  const mark = `${sep}node_modules${sep}`;
  const at = path.indexOf(mark);
  return at < 0 ? [] : [path.slice(0, at + mark.length - 1)];
}
