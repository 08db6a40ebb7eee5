import { displayWidth, graphemes } from './display-width.ts';

const esc = String.fromCharCode(27);
const colourOrRest = new RegExp(`${esc}\\[\\d+m|[^${esc}]+`, 'g');
const colourCode = new RegExp(`${esc}\\[(\\d+)m`, 'g');
/** A number and its unit stay on one line. */
const numberAndUnit = /(\d) (?=(?:ms|s|min|h|kB|MB|GB|%|×|x|req\/s)(?![\w/]))/g;

/** Fills with spaces on the right, or where `align` says so on the left. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const fill = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + fill : fill + text;
}

/** Each line with `prefix` before it; empty lines stay empty. */
export function indent(lines: readonly string[], prefix: string): string[] {
  return lines.map((line) => (line === '' ? '' : prefix + line));
}

/**
 * Breaks at spaces so that no line is wider than `width` columns; a longer word is cut. Newlines of the text stay.
 * Colours may span lines: each line is closed and the next one opened again.
 */
export function wrap(text: string, width: number): string[] {
  const lines = text.split(/\r?\n/).flatMap((line) => wrapLine(line, Math.max(1, width)));
  return carryColours(lines.map((line) => line.replaceAll('\u00A0', ' ')));
}

function wrapLine(text: string, width: number): string[] {
  // A line that fits keeps its inner spaces: they may have been put there to align something.
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.replace(numberAndUnit, '$1\u00A0').split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cut(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  lines.push(line);
  return lines;
}

/** Cuts a word into pieces of at most `width` columns. */
function cut(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const pieces = [''];
  let used = 0;
  for (const part of word.match(colourOrRest) ?? []) {
    for (const piece of part.startsWith(esc) ? [part] : graphemes(part)) {
      const columns = displayWidth(piece);
      if (used + columns > width) {
        pieces.push('');
        used = 0;
      }
      pieces[pieces.length - 1] += piece;
      used += columns;
    }
  }
  return pieces;
}

/** Cuts to one line of at most `width` columns. `ellipsis` shows that something is gone. The text has no colours. */
export function truncate(text: string, width: number, ellipsis: string): string {
  const line = text.replaceAll(/\s*\r?\n\s*/g, ' ');
  if (displayWidth(line) <= width) return line;
  return (cut(line, Math.max(1, width - displayWidth(ellipsis)))[0] ?? '').trimEnd() + ellipsis;
}

/** As `truncate`, for a text that may have colours: they end with it. */
export function truncateColoured(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  const [first = ''] = cut(text, Math.max(1, width - displayWidth(ellipsis)));
  return (carryColours([first])[0] ?? '') + ellipsis;
}

function carryColours(lines: readonly string[]): string[] {
  let open: string[] = [];
  return lines.map((line) => {
    const before = open.join('');
    for (const [sequence, code] of line.matchAll(colourCode)) {
      const number = Number(code);
      const closes = open.filter((other) => closerOf(other) === number);
      if (closes.length > 0) open = open.filter((other) => !closes.includes(other));
      else if (number < 22 || (number >= 30 && number < 38)) open.push(sequence);
    }
    const after = [...open].reverse().map((sequence) => `${esc}[${closerOf(sequence)}m`);
    return before + line + after.join('');
  });
}

/** The code that ends a colour or a weight (ECMA-48, section 8.3.117). */
function closerOf(sequence: string): number {
  const code = Number.parseInt(sequence.slice(2), 10);
  if (code >= 30) return 39;
  return code <= 2 ? 22 : code + 20;
}
