import { dirname, extname, relative, sep } from 'node:path';
import { CompileProblem } from './compile-problem.ts';
import type { ModuleImport } from './module-imports.ts';
import { availablePackages, isAvailable, packageNameOf } from './packages.ts';
import { resolveFile } from './resolve-file.ts';
import type { SourcePlace } from './types.ts';

/** The file that an import leads to: `undefined` for a package, or for a URL of something that is not there yet. */
export type ImportTarget = string | undefined;

/** Where an import stands. */
export interface Importer {
  /** Absolute. */
  file: string;
  sourceFolder: string;
  /** The compiled file's folder: packages are looked for from there. */
  outputFolder: string;
  place: SourcePlace;
}

const codeExtensions = ['.ts', '.mts', '.js', '.mjs'];

/** Whether files of this name are compiled; others are copied. */
export function isCode(file: string): boolean {
  return codeExtensions.includes(extname(file));
}

/** The name of the file that a source file becomes: code becomes `.mjs`. */
export function compiledName(file: string): string {
  return isCode(file) ? `${file.slice(0, file.length - extname(file).length)}.mjs` : file;
}

/** Finds the file of an import. Throws CompileProblem with a sentence where it leads nowhere. */
export function importTarget(found: ModuleImport, importer: Importer): ImportTarget {
  const { specifier } = found;
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return relativeTarget(found, importer);
  const refuse = (text: string) => new CompileProblem('import', text, importer.place);
  if (specifier.startsWith('/') || /^(?:file|https?):/.test(specifier)) {
    throw refuse(
      `"${specifier}" is not imported: name your own files by a path that starts with "./".`,
    );
  }
  if (specifier === 'node:sqlite') {
    throw refuse(`"${specifier}" is closed to answers: it would open any file of the machine.`);
  }
  if (specifier.startsWith('data:') || isAvailable(specifier, importer.outputFolder))
    return undefined;
  if (specifier.startsWith('node:')) throw refuse(`Node has no module "${specifier}".`);
  const packages = availablePackages(importer.outputFolder);
  throw refuse(`There is no package "${packageNameOf(specifier)}". ${packages}`);
}

function relativeTarget(found: ModuleImport, importer: Importer): ImportTarget {
  const { specifier } = found;
  const refuse = (text: string) => new CompileProblem('import', text, importer.place);
  const resolved = resolveFile(specifier, importer.file, importer.sourceFolder);
  switch (resolved.kind) {
    case 'outside':
      // A URL may name any place, such as a folder beside; reading it is for the permissions to judge.
      if (found.byUrl) return undefined;
      throw refuse(
        `"${specifier}" lies outside of the folder of the server, and is not taken along.`,
      );
    case 'missing': {
      if (found.byUrl) return undefined;
      const hint = resolved.instead === undefined ? '' : ` Did you mean "${resolved.instead}"?`;
      throw refuse(`There is no file "${specifier}".${hint}`);
    }
    case 'file':
      if (!found.byUrl) refuseUnusable(resolved.file, found, refuse);
      return resolved.file;
  }
}

function refuseUnusable(file: string, found: ModuleImport, refuse: (text: string) => Error): void {
  if (isCode(file)) return;
  if (extname(file) !== '.json') {
    throw refuse(
      `"${found.specifier}" cannot be imported: only .ts, .js, .mjs and .json files can.`,
    );
  }
  if (!found.hasAttributes) {
    throw refuse(
      `JSON is imported as: import data from '${found.specifier}' with { type: 'json' }.`,
    );
  }
}

/** The specifier of a compiled file, seen from another one; what followed the path stays. */
export function compiledSpecifier(specifier: string, from: string, to: string): string {
  const suffix = /[?#].*$/.exec(specifier)?.[0] ?? '';
  const path = relative(dirname(from), to).split(sep).map(encodePart).join('/');
  return `${path.startsWith('.') ? path : `./${path}`}${suffix}`;
}

/** Safe between either kind of quotes as well. */
function encodePart(part: string): string {
  return encodeURIComponent(part).replaceAll("'", '%27');
}
