import type { Column } from './table.ts';
import { indent, wrap } from './text.ts';

/**
 * A table to be read aloud: a sentence for each row, in which every cell but the first ones says what it is. The first
 * ones, up to the first text, name the row.
 */
export function spokenRows(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const names = columns.map(({ spoken, heading = '' }) => plain(spoken ?? heading));
  const isNamed = names.some((name) => name !== '');
  const heads = (isNamed ? columns.findIndex(({ wraps }) => wraps === true) : 0) + 1 || 1;
  return rows.flatMap((row) => {
    const cells = row.map((cell, index) => ({
      name: names[index] ?? '',
      text: plain(cell),
      index,
    }));
    const filled = cells.filter(({ text }) => text !== '');
    const head = filled.filter(({ index }) => index < heads).map(named(' '));
    const tail = filled.filter(({ index }) => index >= heads).map(named(': '));
    // Two cells without names are a word and what it stands for.
    const sentence = [head.join(', '), tail.join('; ')].filter(Boolean).join(isNamed ? '; ' : ': ');
    const [first = '', ...rest] = wrap(isNamed ? ended(sentence) : sentence, width - 2);
    return [first, ...indent(rest, '  ')];
  });
}

function named(between: string) {
  return ({ name, text }: { name: string; text: string }) =>
    name === '' ? text : `${name}${between}${text}`;
}

function ended(sentence: string): string {
  return /[.!?:]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** A heading or a cell may stand on several lines. */
function plain(text: string): string {
  return text.replace(/\s*\n\s*/g, ', ').trim();
}
