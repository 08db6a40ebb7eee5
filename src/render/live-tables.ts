import type { LogLevel } from '../kit/index.ts';
import type { LevelCounts } from '../live/level-counts.ts';
import type { LevelPrice } from '../live/price.ts';
import { bytes, compact, milliseconds } from './format.ts';
import { pad } from './text.ts';
import type { Theme } from './theme.ts';

/** What the counters by level are about. */
export interface CountsModel {
  /** In the corner: `in 12 s`. */
  title: string;
  made: LevelCounts;
  shown: LevelCounts;
  /** Lines a second; undefined while it is not known yet. Left out where the table is not about a live stream. */
  perSecond?: LevelCounts | undefined;
  /** Levels that the source does not make. */
  unmade: readonly LogLevel[];
}

type Counted = keyof LevelCounts;

const labelWidth = 9;
const narrowestColumn = 5;

/** Counters by level. Columns have a fixed width, so that figures that grow move nothing. */
export function countsLines(model: CountsModel, theme: Theme): string[] {
  const { style, symbols } = theme;
  const room = Math.floor((theme.room - labelWidth) / narrowestColumn);
  const levels = (Object.keys(model.made) as Counted[])
    .filter((level) => level !== 'other' || model.made.other > 0)
    .slice(0, room);
  const width = Math.min(9, Math.floor((theme.room - labelWidth) / Math.min(7, room)));
  const isUnmade = (level: Counted) =>
    model.made[level] === 0 && model.unmade.includes(level as LogLevel);
  const row = (label: string, cell: (level: Counted) => string) =>
    pad(label, labelWidth) + levels.map((level) => pad(cell(level), width, 'right')).join('');
  const counted = (counts: LevelCounts) => (level: Counted) =>
    isUnmade(level) ? style.muted(symbols.none) : short(counts[level], width);
  const heading = (level: Counted) => (isUnmade(level) ? style.muted(level) : style.heading(level));
  return [
    row(model.title, heading),
    row('made', counted(model.made)),
    row('shown', counted(model.shown)),
    ...('perSecond' in model
      ? [row('a second', model.perSecond ? counted(model.perSecond) : () => symbols.ellipsis)]
      : []),
  ];
}

/** In the narrowest column, thousands are shortened earlier. */
function short(value: number, width: number): string {
  const text = compact(value);
  if (text.length < width) return text;
  return value < 999_500 ? `${Math.round(value / 1e3)}k` : `${Math.round(value / 1e6)}M`;
}

/** What each level costs, one a row; the first is the level now. */
export function priceLines(prices: readonly LevelPrice[], theme: Theme): string[] {
  const { style, symbols } = theme;
  const wide = theme.room >= 57;
  const widths = wide ? [8, 11, 11, 11, 16] : [8, 7, 8, 7, 9];
  const headings = wide
    ? ['  at', 'answers/s', 'lines/s', 'log/s', '/healthz p99']
    : ['  at', 'ans/s', 'lines/s', 'log/s', 'p99'];
  const row = (cells: readonly string[]) =>
    cells
      .map((cell, index) => pad(cell, widths[index] ?? 0, index === 0 ? 'left' : 'right'))
      .join('');
  const perSecond = (value: number | undefined) =>
    value === undefined ? symbols.ellipsis : compact(value);
  return [
    row(headings.map((text) => style.heading(text))),
    ...prices.map((price, index) =>
      row([
        `${index === 0 ? symbols.pointer : ' '} ${price.level}`,
        perSecond(price.answersPerSecond),
        perSecond(price.linesPerSecond),
        price.bytesPerSecond === undefined ? symbols.ellipsis : bytes(price.bytesPerSecond),
        price.delayP99Ms === undefined ? symbols.ellipsis : milliseconds(price.delayP99Ms),
      ]),
    ),
  ];
}
