import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';

/** A place in a file; line and column count from 1. */
export interface Position {
  line: number;
  column: number;
}

const marker = '//# sourceMappingURL=data:application/json;base64,';

/** The comment that carries a source map at the end of a compiled file. */
export function inlineSourceMap(map: SourceMapPayload): string {
  return `${marker}${Buffer.from(JSON.stringify(map)).toString('base64')}\n`;
}

/** Where a place of compiled code stands in its source; undefined where the map tells nothing. */
export function originalPosition(map: SourceMapPayload, position: Position): Position | undefined {
  const entry = new SourceMap(map).findEntry(position.line - 1, position.column - 1);
  if (!('originalLine' in entry) || entry.originalLine === undefined) return undefined;
  // A map knows where tokens start; what stands deeper in a token stands as deep in the source.
  const within =
    entry.generatedLine === position.line - 1 ? position.column - 1 - entry.generatedColumn : 0;
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 + Math.max(0, within) };
}

/** The map that a compiled file carries; undefined where it carries none. */
export function readSourceMap(file: string): SourceMapPayload | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    const encoded = text.slice(text.lastIndexOf(marker) + marker.length).trim();
    return JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload;
  } catch {
    return undefined;
  }
}
