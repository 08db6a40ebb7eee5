import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { originalPosition, readSourceMap } from './source-map.ts';
import type { StackFrame } from './stack.ts';
import type { Program, SourcePlace } from './types.ts';

/** Finds the learner's own code in stacks. */
export type LocateSource = (frames: readonly StackFrame[]) => SourcePlace | undefined;

/** For a program: the first frame in its sources, also where the stack names the compiled file. */
export function sourceLocator(program: Program): LocateSource {
  const sources = roots(program.kind === 'node' ? program.sourceFolder : program.cwd);
  const compiled = program.kind === 'node' ? roots(dirname(program.entry)) : [];
  const locate = (frame: StackFrame): SourcePlace | undefined => {
    // First: a compiled folder may lie within the sources.
    const source = isWithin(compiled, frame.path) ? throughMap(frame) : frame;
    const root = source && isWithin(sources, source.path);
    if (source === undefined || root === undefined) return undefined;
    const file = relative(root, source.path);
    if (file.split(sep).includes('node_modules')) return undefined;
    return { file, line: source.line, column: source.column };
  };
  return (frames) => {
    for (const frame of frames) {
      const place = locate(frame);
      if (place !== undefined) return place;
    }
    return undefined;
  };
}

/** `server.ts:12:7` */
export function formatPlace(place: SourcePlace): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** Node names files by their real paths, source maps by the path that was compiled. */
function roots(folder: string): string[] {
  return existsSync(folder) ? [...new Set([folder, realpathSync(folder)])] : [folder];
}

function isWithin(folders: readonly string[], path: string): string | undefined {
  return folders.find((folder) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}

function throughMap(frame: StackFrame): StackFrame | undefined {
  const map = readSourceMap(frame.path);
  const source = map?.sources[0];
  const position = map && originalPosition(map, frame);
  if (source === undefined || position === undefined) return undefined;
  return { path: fileURLToPath(source), ...position };
}
