import type { SourceMapPayload } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { transform as strip } from 'sucrase';
import { CompileProblem } from './compile-problem.ts';
import { originalPosition, type Position } from './source-map.ts';
import type { SourcePlace } from './types.ts';

/** One module as JavaScript, before its imports are rewritten. */
export interface TransformedModule {
  code: string;
  map: SourceMapPayload;
  /** Where an offset into `code` stands in the source. */
  placeAt(offset: number): SourcePlace;
}

/**
 * Strips the types and proves that the rest is JavaScript. Sucrase keeps lines, so only columns need its map; it is a
 * lenient parser, so acorn has the last word. Throws CompileProblem with the place in the source.
 * @param file absolute, as the learner knows it
 * @param name relative to the source folder
 */
export function transformModule(file: string, name: string, source: string): TransformedModule {
  const { code, map } = stripTypes(file, name, source);
  const placeOf = (position: Position): SourcePlace => ({
    file: name,
    ...(originalPosition(map, position) ?? position),
  });
  try {
    parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  } catch (error) {
    const { loc, message } = error as SyntaxError & { loc: { line: number; column: number } };
    const place = placeOf({ line: loc.line, column: loc.column + 1 });
    throw new CompileProblem('syntax', sentence(message), place);
  }
  refuseNamespaces(name, source, code);
  return { code, map, placeAt: (offset) => placeOf(positionAt(code, offset)) };
}

function stripTypes(file: string, name: string, source: string) {
  try {
    const { code, sourceMap } = strip(source, {
      transforms: isTypeScript(name) ? ['typescript'] : [],
      disableESTransforms: true,
      filePath: file,
      sourceMapOptions: { compiledFilename: file },
    });
    const map = {
      ...sourceMap,
      sources: [pathToFileURL(file).href],
      sourcesContent: [source],
    } as unknown as SourceMapPayload;
    return { code, map };
  } catch (error) {
    const { loc, message } = error as Error & { loc?: Position };
    if (loc === undefined) throw error;
    const text = message.slice(message.indexOf(`${file}: `) + file.length + 2);
    throw new CompileProblem('syntax', sentence(text), {
      file: name,
      line: loc.line,
      column: loc.column,
    });
  }
}

function isTypeScript(name: string): boolean {
  return name.endsWith('.ts') || name.endsWith('.mts');
}

/** Parsers put the place behind their message; we put it in front. */
function sentence(message: string): string {
  const text = message.replace(/ \(\d+:\d+\)$/, '');
  const decorators = text.includes("'@'") ? ' (decorators are not part of JavaScript yet)' : '';
  return `${text}${decorators}.`;
}

const namespace = /^[ \t]*(?:export[ \t]+)?(?:namespace|module)[ \t]+[A-Za-z_$][\w$.]*[ \t]*\{/;

/** Sucrase leaves them out without a word; the sentence is better than a ReferenceError later. */
function refuseNamespaces(name: string, source: string, code: string): void {
  const compiled = code.split('\n');
  const index = source
    .split('\n')
    .findIndex((line, at) => namespace.test(line) && compiled[at]?.trim() === '');
  if (index < 0) return;
  const column = ((source.split('\n')[index] as string).search(/\S/) ?? 0) + 1;
  throw new CompileProblem(
    'syntax',
    'A namespace is more than types; use a file of its own, or an object.',
    { file: name, line: index + 1, column },
  );
}

function positionAt(code: string, offset: number): Position {
  const before = code.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
