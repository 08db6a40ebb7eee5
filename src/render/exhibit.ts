import type { Cell, Exhibit, Passage, SideColumn } from '../kit/index.ts';
import { displayWidth } from './display-width.ts';
import { figure, milliseconds, number } from './format.ts';
import { commandLines, marked, paragraph, screen, stack } from './layout.ts';
import { fittingTable, tableLines } from './table.ts';
import { indent, pad, wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** What an experiment shows. */
export const renderExhibit = screen<Exhibit>(exhibitLines);

/** The lines of an exhibit, for screens that hold one. */
export function exhibitLines(exhibit: Exhibit, theme: Theme): string[] {
  const title = exhibit.title === undefined ? '' : theme.style.heading(exhibit.title);
  return stack(
    title === '' ? [] : wrap(title, theme.measure),
    content(exhibit, theme),
    (exhibit.notes ?? []).flatMap((note) => paragraph(note, theme)),
    commandLines(
      (exhibit.commands ?? []).map((command, index) => ({
        label: index === 0 ? 'See it by hand' : '',
        command,
      })),
      theme,
    ),
  );
}

function content(exhibit: Exhibit, theme: Theme): string[] {
  switch (exhibit.kind) {
    case 'table':
      return cellTable(exhibit.columns, exhibit.rows, theme);
    case 'side-by-side':
      return sideBySide(exhibit.columns, theme);
    case 'timeline':
      return timeline(exhibit.moments, theme);
    case 'excerpt':
      return stack(...exhibit.passages.map((passage) => passageLines(passage, theme)));
  }
}

function cellTable(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  theme: Theme,
): string[] {
  const columns = headings.map((heading, index) => {
    const cells = rows.map((row) => row[index] ?? '').filter((cell) => cell !== '');
    const figures = cells.some((cell) => typeof cell !== 'string');
    return { heading, align: figures ? ('right' as const) : ('left' as const), wraps: !figures };
  });
  return tableLines(
    columns,
    rows.map((row) => row.map(cellText)),
    theme,
  );
}

/** A cell as text: `1,000`, `0.61 ms`. */
function cellText(cell: Cell): string {
  if (typeof cell === 'string') return cell;
  const text = cell.digits === undefined ? figure(cell.value) : number(cell.value, cell.digits);
  return cell.unit === undefined ? text : `${text} ${cell.unit}`;
}

/** Beside each other where both fit, else under each other; plain always under each other, as it is read aloud. */
function sideBySide(columns: readonly [SideColumn, SideColumn], theme: Theme): string[] {
  const gap = 4;
  const natural = columns.map((column) => blockLines(column, theme, undefined));
  const widths = natural.map((lines) => Math.max(...lines.map(displayWidth)));
  const [left = 0, right = 0] = widths;
  const fits = left + gap + right <= theme.room;
  if (theme.plain || (!fits && theme.room < 80)) {
    return stack(...columns.map((column) => blockLines(column, theme, theme.room)));
  }
  const half = Math.floor((theme.room - gap) / 2);
  const leftWidth = fits ? Math.max(left, Math.min(half, theme.room - gap - right)) : half;
  const limits = fits ? [undefined, undefined] : [half, half];
  const [one = [], other = []] = columns.map((column, index) =>
    blockLines(column, theme, limits[index]),
  );
  return Array.from({ length: Math.max(one.length, other.length) }, (_, line) =>
    (pad(one[line] ?? '', leftWidth + gap) + (other[line] ?? '')).trimEnd(),
  );
}

/** A heading and its lines, each mark behind its line; over lines of their own where `width` is too small. */
function blockLines(column: SideColumn, theme: Theme, width: number | undefined): string[] {
  const arrow = `${theme.symbols.arrow} `;
  const remarked = column.lines.filter(({ mark }) => mark !== undefined);
  const texts = Math.max(0, ...remarked.map(({ text }) => displayWidth(text)));
  const limit = width ?? Number.POSITIVE_INFINITY;
  const lines = column.lines.flatMap(({ text, mark }) => {
    if (theme.plain) return wrap(spokenLine(text, mark), limit);
    if (mark === undefined) return wrap(text, limit);
    const remark = `${arrow}${mark}`;
    const aligned = `${pad(text, texts)}   `;
    if (displayWidth(aligned) + displayWidth(remark) <= limit) {
      return [aligned + theme.style.bad(remark)];
    }
    const under = wrap(remark, limit - 2).map(theme.style.bad);
    return [...wrap(text, limit), ...indent(under, '  ')];
  });
  return [...wrap(theme.style.heading(column.heading), limit), ...lines];
}

/** Read aloud, there are no columns: names and values stand close, and a mark is a remark. */
function spokenLine(text: string, mark: string | undefined): string {
  const line = text.trimEnd().replaceAll(/(\S) {2,}/g, '$1 ');
  return mark === undefined ? line : `${line} (${mark})`;
}

function timeline(
  moments: readonly { atMs: number; who: string; what: string }[],
  theme: Theme,
): string[] {
  if (theme.plain) {
    return moments.flatMap(({ atMs, who, what }) =>
      wrap(`At ${milliseconds(atMs)}, ${who}: ${what}`, theme.measure),
    );
  }
  const columns = [{ align: 'right' as const }, {}, { wraps: true }];
  const rows = moments.map(({ atMs, who, what }) => [
    theme.style.muted(momentText(atMs)),
    theme.style.accent(who),
    what,
  ]);
  return fittingTable(columns, rows, theme) ?? tableLines(columns, rows, theme);
}

/** All moments with the same digits, so that their points stand under each other. */
function momentText(atMs: number): string {
  return `${number(atMs, 1)} ms`;
}

/** The text is as wide as there is room, since it is no prose; what is marked stands between two marks. */
function passageLines({ heading, parts, remark }: Passage, theme: Theme): string[] {
  const { symbols, style } = theme;
  const text = parts
    .map((part) =>
      typeof part === 'string' ? part : style.bad(`${symbols.open}${part.marked}${symbols.close}`),
    )
    .join('');
  return [
    ...(heading === undefined ? [] : wrap(style.strong(heading), theme.measure)),
    ...indent(wrap(text, theme.room - 2), '  '),
    ...(remark === undefined ? [] : marked(symbols.arrow, style.bad(remark), theme)),
  ];
}
