import type { LevelCounts } from '../live/level-counts.ts';
import type { PhaseReport } from '../live/phases.ts';
import type { LevelPrice } from '../live/price.ts';
import type { Reader } from '../live/reader.ts';
import { count, duration, number } from './format.ts';
import {
  commandLines,
  headline,
  type NextCommand,
  paragraph,
  parts,
  screen,
  stack,
} from './layout.ts';
import { costSentence, levelsBelow, readerSentence, readerText } from './live-sentences.ts';
import { countsLines, priceLines } from './live-tables.ts';
import type { Theme } from './theme.ts';

/** What a fixed time of a live stream came to. */
export interface LiveReportModel {
  lab: { number: number };
  server: 'demonstration' | 'mine';
  reader: Reader;
  report: PhaseReport;
  price: LevelPrice;
  next: readonly NextCommand[];
}

export const renderLiveReport = screen<LiveReportModel>((model, theme) => {
  const { lab, server, reader, report, price, next } = model;
  const whose = server === 'mine' ? 'your server' : "the lab's server";
  const title = parts([theme.style.heading(`Lab ${lab.number}`), 'logs', whose], theme);
  const { level, made, shown, seconds, traffic } = report;
  const below = levelsBelow(level, report);
  const perSecond = mapCounts(made, (value) => (seconds === 0 ? 0 : value / seconds));
  return stack(
    headline(title, `${duration(seconds * 1000)} at ${level}`, theme),
    theme.plain
      ? plainCounts(report, theme)
      : countsLines({ title: '', made, shown, perSecond, unmade: below }, theme),
    theme.plain ? paragraph(costSentence(price), theme) : priceLines([price], theme),
    [
      `The source makes ${readerText({ level })}; the reader shows ${readerText(reader)}.`,
      readerSentence({ reader, counts: report }),
      `${count(traffic.answered, 'answer')}, ${number(traffic.failed)} of them with a status of 500 or above; ${count(traffic.lost, 'request')} without an answer.`,
    ].flatMap((text) => paragraph(text, theme)),
    commandLines(next, theme),
  );
});

/** A table read aloud is a riddle. */
function plainCounts({ made, shown }: PhaseReport, theme: Theme): string[] {
  const levels = Object.keys(made) as (keyof LevelCounts)[];
  return levels
    .filter((level) => made[level] > 0)
    .flatMap((level) =>
      paragraph(`${level}: ${number(made[level])} made, ${number(shown[level])} shown.`, theme),
    );
}

function mapCounts(counts: LevelCounts, change: (value: number) => number): LevelCounts {
  return Object.fromEntries(
    Object.entries(counts).map(([level, value]) => [level, change(value)]),
  ) as unknown as LevelCounts;
}
