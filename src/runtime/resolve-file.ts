import { statSync } from 'node:fs';
import { dirname, extname, relative, resolve, sep } from 'node:path';

/** What a relative import leads to. */
export type ResolvedFile =
  | { kind: 'file'; file: string }
  | { kind: 'outside' }
  /** `instead` is the specifier that would have worked, where there is a likely one. */
  | { kind: 'missing'; instead: string | undefined };

/** TypeScript lets an import name the file that it will be compiled to. */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts'],
  '.mjs': ['.mts', '.ts'],
};
/** What people leave out, or mix up. */
const likely = ['.ts', '.js', '.mjs', '.json', '/index.ts', '/index.js'];

/** Finds the source file of `./cache.ts`, or of `./cache.js` that stands for it, as Node and TypeScript would. */
export function resolveFile(
  specifier: string,
  importer: string,
  sourceFolder: string,
): ResolvedFile {
  // Node reads a specifier as a URL: a query or a fragment is no part of the file's name.
  const path = decode(specifier.replace(/[?#].*$/, ''));
  const target = resolve(dirname(importer), path);
  if (!isInside(target, sourceFolder)) return { kind: 'outside' };
  const extension = extname(target);
  const stem = target.slice(0, target.length - extension.length);
  const candidates = [target, ...(sourcesOf[extension] ?? []).map((source) => stem + source)];
  const file = candidates.find(isFile);
  if (file !== undefined) return { kind: 'file', file };
  return { kind: 'missing', instead: insteadOf(path, target) };
}

/** Tried with an extension added, then with another one. */
function insteadOf(path: string, target: string): string | undefined {
  for (const base of [path, path.slice(0, path.length - extname(path).length)]) {
    const stem = base === path ? target : target.slice(0, target.length - extname(target).length);
    const ending = likely.find((candidate) => isFile(stem + candidate));
    if (ending !== undefined) return base.replace(/\/$/, '') + ending;
  }
  return undefined;
}

/** Whether a path lies in a folder, by name. */
export function isInside(path: string, folder: string): boolean {
  const steps = relative(folder, path).split(sep);
  return steps[0] !== '..' && steps[0] !== '';
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
