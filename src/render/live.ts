import type { PaneView } from '../live/pane.ts';
import type { LevelPrice } from '../live/price.ts';
import type { LiveView } from '../live/view.ts';
import { count, number } from './format.ts';
import { headline, paragraph, parts } from './layout.ts';
import { liveHelpLines } from './live-help.ts';
import {
  levelsBelow,
  readerParts,
  readerSentence,
  sourceKey,
  sourceSentence,
} from './live-sentences.ts';
import { countsLines, priceLines } from './live-tables.ts';
import { safeModel } from './safe-text.ts';
import { indent, truncateColoured } from './text.ts';
import type { Theme } from './theme.ts';

/** One moment of a live view. */
export interface LiveModel {
  lab: { number: number };
  server: 'demonstration' | 'mine';
  view: LiveView;
  /** The level now first, then the others. */
  prices: readonly LevelPrice[];
}

/** A screen of the terminal's height. */
export interface LiveFrame {
  /** At most as many as there are rows. */
  lines: readonly string[];
  /** How many of them the stream has. */
  streamRows: number;
}

/** The stream is never smaller, as long as there is anything else to leave out. */
const fewestStreamRows = 4;

/**
 * Fills the terminal: the stream in the middle, its newest record lowest, and around it as much of the rest as there is
 * room for. `records` are the lines of the stream, harmless already; those that are too long are cut.
 */
export function renderLive(
  unsafe: LiveModel,
  records: readonly string[],
  theme: Theme,
  rows: number,
): LiveFrame {
  const model = safeModel(unsafe, theme);
  const { view } = model;
  const top = headingLines(model, theme);
  if (view.help) {
    const help = liveHelpLines(theme).slice(0, Math.max(0, rows - top.length - 3));
    return framed([...top, '', ...help, '', 'Any key closes this.'], theme, rows, 0);
  }

  const caption = captionLines(view.pane, theme);
  const foot = footLines(view, theme);
  const gap = [''];
  const counts = countsOf(view, theme);
  const prices = priceLines(model.prices, theme);
  const sentences = [sourceSentence(view), readerSentence(view)].flatMap((text) =>
    paragraph(text, theme),
  );
  // From what says the most to what can be missed: each leaves out what the one before it had.
  const layouts = [
    [gap, counts, gap, prices, gap, sentences, gap],
    [gap, counts, prices, sentences],
    [gap, counts, prices.slice(0, 3), sentences],
    [counts, prices.slice(0, 2), sentences],
    [counts, prices.slice(0, 2)],
    [counts.slice(0, 3)],
    [],
  ].map((blocks) => blocks.flat());
  const fixed = top.length + caption.length + foot.length + 1;
  const below =
    layouts.find((lines) => rows - fixed - lines.length >= fewestStreamRows) ??
    layouts.at(-1) ??
    [];
  const streamRows = Math.max(0, rows - fixed - below.length);
  const shown = records.slice(Math.max(0, records.length - streamRows));
  const stream = shown.map((line) => truncateColoured(line, theme.room, theme.symbols.ellipsis));
  const filling = new Array<string>(streamRows - stream.length).fill('');
  return framed(
    [...top, '', ...caption, ...stream, ...filling, ...below, ...foot],
    theme,
    rows,
    streamRows,
  );
}

function framed(
  lines: readonly string[],
  theme: Theme,
  rows: number,
  streamRows: number,
): LiveFrame {
  const texts = indent(lines.slice(0, rows), theme.margin);
  return { lines: texts.map((line) => line.replaceAll('\u00A0', ' ').trimEnd()), streamRows };
}

function headingLines({ lab, server, view }: LiveModel, theme: Theme): string[] {
  const { source, reader, raw, counts } = view;
  const { style } = theme;
  const name = parts(
    [
      style.heading(`Lab ${lab.number}`),
      'live logs',
      ...(server === 'mine' ? ['your server'] : []),
      ...(raw ? ['raw'] : []),
    ],
    theme,
  );
  const atSource = `source level: ${style.accent(source.level)} [${sourceKey(source.level, counts)}]`;
  const [levels, ...others] = readerParts(reader);
  const shown = [
    `reader shows: ${style.accent(levels)} [${reader.level.charAt(0)}]`,
    ...others.map((text) => style.accent(text)),
  ].join(', ');
  return headline(name, `${atSource}   ${shown}`, theme);
}

/** What the stream's place holds when it is not the stream. */
function captionLines(pane: PaneView, theme: Theme): string[] {
  const { style } = theme;
  const under = (below: number) => (below === 0 ? '' : ` ${number(below)} more below.`);
  switch (pane.kind) {
    case 'live':
      return [];
    case 'paused': {
      const newer = pane.newer === 0 ? 'nothing new yet' : `${count(pane.newer, 'newer record')}`;
      return paragraph(`${style.warn('Paused')}: ${newer}.${under(pane.below)} p goes on.`, theme);
    }
    case 'story': {
      const others =
        pane.matches > 1 ? ` ${number(pane.matches)} requests match; this is the newest.` : '';
      const what = `The story of ${style.accent(pane.request)}: ${count(pane.total, 'record')}, at whatever level.`;
      return paragraph(`${what}${others}${under(pane.below)} Esc goes back.`, theme);
    }
  }
}

function countsOf(view: LiveView, theme: Theme): string[] {
  const { counts, figures, source } = view;
  const seconds = Math.round(counts.seconds);
  return countsLines(
    {
      title: seconds < 1000 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`,
      made: counts.made,
      shown: counts.shown,
      perSecond: figures?.linesPerSecondBy,
      unmade: levelsBelow(source.level, counts),
    },
    theme,
  );
}

const asked = {
  request: ['Request id, or a part of it', 'nothing typed goes back'],
  user: ['User, by name or number', 'nothing typed shows all'],
  event: ['Event, or a part of its name', 'nothing typed shows all'],
} as const;

/** What is to be said now, what is being typed, and the keys. */
function footLines({ prompt, notice, stopped }: LiveView, theme: Theme): string[] {
  const { style } = theme;
  if (prompt !== undefined) {
    const [label, otherwise] = asked[prompt.what];
    const hint = prompt.suggestion === undefined ? otherwise : `Enter alone: ${prompt.suggestion}`;
    return [
      ...paragraph(`${label}: ${style.accent(`${prompt.typed}_`)}`, theme),
      ...paragraph(style.muted(`${hint}. Enter takes it, Esc gives it up.`), theme),
    ];
  }
  const said =
    stopped !== undefined
      ? [`${stopped} Any key sends it again; q leaves.`]
      : notice !== undefined
        ? [notice]
        : [];
  const key = (keys: string, what: string) => `${style.accent(keys)} ${what}`;
  const keys = parts(
    [
      key('1-6', 'level at the source'),
      key('t d i w e f', 'level shown'),
      key('/', 'request'),
      key('u', 'user'),
      key('v', 'event'),
      key('p', 'pause'),
      key('r', 'raw'),
      key('?', 'help'),
      key('q', 'quit'),
    ],
    theme,
  );
  return [...said.flatMap((text) => paragraph(style.warn(text), theme)), ...paragraph(keys, theme)];
}
