import { displayWidth } from './display-width.ts';
import { spokenRows } from './spoken-table.ts';
import { indent, pad, wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** A column of a table. */
export interface Column {
  heading?: string;
  /** What is said before a cell where a table is read aloud; default the heading, nothing where it is empty. */
  spoken?: string;
  /** Default left. Figures stand at the right. */
  align?: 'left' | 'right';
  /** Its texts may be broken over lines when the table is too wide. */
  wraps?: boolean;
  /** A column that wraps is never made narrower than this. Default 10, or the longest word where that is more. */
  least?: number;
}

/** Columns stand closer before their texts are broken. */
const attempts = [
  { gap: 3, mayWrap: false },
  { gap: 2, mayWrap: false },
  { gap: 3, mayWrap: true },
  { gap: 2, mayWrap: true },
];

type Rows = readonly (readonly string[])[];

const narrowestText = 10;

/**
 * Aligned columns without lines around them. Where the table does not fit, columns that wrap get narrower; where
 * that is not enough, every row becomes a small list of its own. Plain, every row is a sentence.
 */
export function tableLines(
  columns: readonly Column[],
  rows: Rows,
  theme: Theme,
  width = theme.room,
): string[] {
  if (theme.plain) return spokenRows(columns, rows, width);
  return fittingTable(columns, rows, theme, width) ?? recordLines(columns, rows, width);
}

/** The table, or undefined where it does not fit `width` columns. Columns without any text take no room. */
export function fittingTable(
  allColumns: readonly Column[],
  allRows: Rows,
  theme: Theme,
  width = theme.room,
): string[] | undefined {
  const used = allColumns.map(
    ({ heading = '' }, index) => heading !== '' || allRows.some((row) => (row[index] ?? '') !== ''),
  );
  const keep = <T>(items: readonly T[]) => items.filter((_, index) => used[index]);
  const columns = keep(allColumns);
  const rows = allRows.map(keep);
  const headings = columns.map(({ heading = '' }) => heading);
  for (const { gap, mayWrap } of attempts) {
    const room = width - gap * (columns.length - 1);
    const widths = fitWidths(columns, [headings, ...rows], room, mayWrap);
    if (widths === undefined) continue;
    const draw = (row: readonly string[], top = true) => rowLines(row, columns, widths, gap, top);
    const bold = headings.map((text) => (text === '' ? '' : theme.style.heading(text)));
    const head = headings.some((heading) => heading !== '') ? draw(bold, false) : [];
    return [...head, ...rows.flatMap((row) => draw(row))];
  }
  return undefined;
}

function fitWidths(
  columns: readonly Column[],
  rows: Rows,
  width: number,
  mayWrap: boolean,
): readonly number[] | undefined {
  const cells = (index: number) => rows.map((row) => row[index] ?? '');
  const natural = columns.map((_, index) => Math.max(...cells(index).map(widestLine)));
  const least = columns.map((column, index) => {
    if (column.wraps !== true || !mayWrap) return natural[index] ?? 0;
    const longestWord = Math.max(
      ...cells(index)
        .flatMap((cell) => cell.split(/\s/))
        .map(displayWidth),
    );
    return Math.min(natural[index] ?? 0, Math.max(column.least ?? narrowestText, longestWord));
  });
  const widths = [...natural];
  let excess = sum(widths) - width;
  while (excess > 0) {
    // The widest column that can still give takes the next step: texts end up about equally wide.
    const slack = widths.map((value, index) => (value > (least[index] ?? 0) ? value : -1));
    const giver = slack.indexOf(Math.max(...slack));
    if ((slack[giver] ?? -1) < 0) return undefined;
    widths[giver] = (widths[giver] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function rowLines(
  row: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  gap: number,
  top: boolean,
): string[] {
  const cells = widths.map((width, index) => wrap(row[index] ?? '', width));
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, index) => {
        const text = cell[top ? line : line - (height - cell.length)] ?? '';
        return pad(text, widths[index] ?? 0, columns[index]?.align);
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/** Every row as a heading, the cells up to its first text that wraps, and a list of the others under it. */
function recordLines(columns: readonly Column[], rows: Rows, width: number): string[] {
  const heads = columns.findIndex(({ wraps }) => wraps === true) + 1 || 1;
  return rows.flatMap((row) => {
    const fields = row.slice(heads).flatMap((cell, index) => {
      const heading = columns[heads + index]?.heading ?? '';
      if (cell === '') return [];
      return indent(wrap(heading === '' ? cell : `${heading}: ${cell}`, width - 2), '  ');
    });
    const title = row.slice(0, heads).filter(Boolean).join(' ');
    return [...wrap(title, width), ...fields];
  });
}

function widestLine(text: string): number {
  return Math.max(...text.split(/\r?\n/).map(displayWidth));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
