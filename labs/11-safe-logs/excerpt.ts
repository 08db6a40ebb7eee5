/*
 * A line of a log, cut down to what is to be seen in it.
 */
import type { FoundPiece, Passage } from 'course-labs/kit';

/** How much of a line is shown before and after what was found. */
const context = 60;

/** What stands around a piece, with an ellipsis where something was left out. */
export function around(line: string, { at, end }: Pick<FoundPiece, 'at' | 'end'>) {
  const from = Math.max(0, at - context);
  const to = Math.min(line.length, end + context / 2);
  return {
    before: `${from > 0 ? '…' : ''}${line.slice(from, at)}`,
    found: line.slice(at, end),
    after: `${line.slice(end, to)}${to < line.length ? '…' : ''}`,
  };
}

/** The line with the piece marked, for a screen. */
export function passageOf(line: string, piece: FoundPiece): Passage['parts'] {
  const { before, found, after } = around(line, piece);
  return [before, { marked: found }, after];
}

/** `as it is`, `percent-encoded`, `in base64`. */
export const inWords = {
  raw: 'as it is',
  'url-encoded': 'percent-encoded',
  base64: 'in base64',
} as const;
