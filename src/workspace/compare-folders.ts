import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { structuredPatch } from 'diff';
import { errorCode } from '../errors.ts';
import { withFileErrors } from './file-errors.ts';

/** One line of a comparison; `gap` stands for lines that are the same and were left out. */
export interface ComparedLine {
  kind: 'same' | 'mine' | 'other' | 'gap';
  text: string;
}

/** One file, mine against the other. */
export interface ComparedFile {
  /** Relative, with `/`: `server.ts`. */
  name: string;
  /** It is not among mine. */
  added: boolean;
  /** Empty where both are equal. */
  lines: readonly ComparedLine[];
}

/** Lines that are shown around a difference. */
const around = 3;

/** Compares files of two folders by their names; a file that is missing in `mine` counts as empty. */
export async function compareFolders(
  mine: string,
  other: string,
  names: readonly string[],
): Promise<readonly ComparedFile[]> {
  return Promise.all(
    names.map(async (name) => {
      const [left, right] = await withFileErrors(mine, () =>
        Promise.all([readOrNone(join(mine, name)), readFile(join(other, name), 'utf8')]),
      );
      return { name, added: left === undefined, lines: compareTexts(left ?? '', right) };
    }),
  );
}

/** Line by line, by Myers's algorithm (An O(ND) Difference Algorithm, 1986). The end of a line's kind does not count. */
export function compareTexts(mine: string, other: string): readonly ComparedLine[] {
  const [left, right] = [mine, other].map((text) => text.replaceAll('\r\n', '\n'));
  const { hunks } = structuredPatch('', '', left ?? '', right ?? '', '', '', { context: around });
  return hunks.flatMap(({ lines, oldStart }, index) => {
    const gap: ComparedLine[] = index > 0 || oldStart > 1 ? [{ kind: 'gap', text: '' }] : [];
    // A line that begins with a backslash says that the file has no newline at its end.
    const kept = lines.filter((line) => !line.startsWith('\\'));
    return [...gap, ...kept.map((line) => ({ kind: kindOf(line), text: line.slice(1) }))];
  });
}

function kindOf(line: string): ComparedLine['kind'] {
  if (line.startsWith('-')) return 'mine';
  return line.startsWith('+') ? 'other' : 'same';
}

async function readOrNone(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
