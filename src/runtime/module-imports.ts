import { init, parse } from 'es-module-lexer';

/** One file or package that a module imports. */
export interface ModuleImport {
  /** As it is written: `./cache.ts`, `fastify`. */
  specifier: string;
  /** Offset of the specifier's first character (or quote) in the code. */
  start: number;
  /** Puts another specifier in its place. */
  replacement(specifier: string): Edit;
  /** It says `with { ... }`. */
  hasAttributes: boolean;
  /** A file that is named by its URL, not imported: `new URL('./worker.ts', import.meta.url)`. */
  byUrl: boolean;
}

/** A part of a text, and what to put there. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

const urlBefore = /\bnew\s+URL\(\s*(['"])(\.{1,2}\/[^'"\n]*)\1\s*,\s*$/;

/** Static imports, re-exports, dynamic imports of a literal, and files named beside `import.meta.url`. */
export async function moduleImports(code: string): Promise<readonly ModuleImport[]> {
  await init();
  const [imports] = parse(code);
  return imports.flatMap((found): ModuleImport[] => {
    if (found.type === 'import-meta') return fileByUrl(code, found.start);
    if (found.specifier === undefined || (found.type === 'dynamic' && found.glob)) return [];
    const { start, end } = found;
    // The span of a dynamic import holds the quotes, that of a static one does not.
    const quoted = found.type === 'dynamic';
    return [
      {
        specifier: found.specifier,
        start,
        replacement: (text) => ({ start, end, text: quoted ? JSON.stringify(text) : text }),
        hasAttributes: found.attributesStart >= 0,
        byUrl: false,
      },
    ];
  });
}

function fileByUrl(code: string, metaStart: number): ModuleImport[] {
  const before = code.slice(Math.max(0, metaStart - 500), metaStart);
  const found = urlBefore.exec(before);
  const specifier = found?.[2];
  if (found === null || specifier === undefined) return [];
  const start = metaStart - before.length + found.index + found[0].indexOf(specifier);
  return [
    {
      specifier,
      start,
      replacement: (text) => ({ start, end: start + specifier.length, text }),
      hasAttributes: true,
      byUrl: true,
    },
  ];
}

/** Makes all edits of a text; they must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((left, right) => right.start - left.start)
    .reduce((sum, edit) => sum.slice(0, edit.start) + edit.text + sum.slice(edit.end), text);
}
