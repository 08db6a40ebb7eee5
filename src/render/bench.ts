import type { BenchFigures, BenchReport } from '../kit/index.ts';
import { refusedLines } from './bench-refused.ts';
import { benchAnswer, benchSentences } from './bench-sentences.ts';
import { serverNames } from './bench-server.ts';
import { figureTable } from './bench-table.ts';
import { count, seconds } from './format.ts';
import {
  commandLines,
  headline,
  type NextCommand,
  paragraph,
  parts,
  screen,
  stack,
} from './layout.ts';
import { wrap } from './text.ts';
import type { Theme } from './theme.ts';

/** A benchmark and what surrounds it. */
export interface BenchModel {
  report: BenchReport;
  /** The lab's number; absent inside a guided run, whose heading has it. */
  lab?: number | undefined;
  /** The number under which it was stored. */
  run?: number | undefined;
  /** A remark on the largest latency: `the moment of expiry; lab 8 returns to it`. */
  maxNote?: string | undefined;
  /** Of a refused run: commands that show the failure, `serve` and `curl`. */
  seeIt?: readonly NextCommand[] | undefined;
  next?: readonly NextCommand[] | undefined;
}

/** The difference first, then the figures, then what to type next. Plain: sentences instead of the table. */
export const renderBench = screen<BenchModel>(benchLines);

/** The lines of a benchmark, for screens that hold one. */
export function benchLines(model: BenchModel, theme: Theme): string[] {
  const { report } = model;
  return stack(
    wrap(theme.style.heading(benchHeading(model, theme)), theme.room),
    report.kind === 'refused'
      ? refusedLines(report, model.seeIt ?? [], theme)
      : figures(report, model, theme),
    leftOut(report, theme),
    saved(model, theme),
  );
}

function figures(report: BenchFigures, { maxNote }: BenchModel, theme: Theme): string[] {
  if (theme.plain) return benchSentences(report, theme, maxNote);
  const answer = benchAnswer(report, theme).flatMap((text) => paragraph(text, theme));
  return stack(answer, figureTable(report, theme, maxNote));
}

/** What this machine lacks is told: a column that is missing would look forgotten. */
function leftOut({ leftOut: variants = [] }: BenchReport, theme: Theme): string[] {
  return variants.flatMap(({ label, reason }) =>
    paragraph(`Not measured here: ${label}. ${reason}`, theme),
  );
}

function benchHeading({ report, lab }: BenchModel, theme: Theme): string {
  const { connections, rounds, durationSeconds } = report.options;
  return parts(
    [
      ...(lab === undefined ? [] : [`Lab ${lab}`]),
      report.title,
      serverNames[report.server],
      count(connections, 'connection'),
      `${count(rounds, 'round')} of ${seconds(durationSeconds)}, interleaved`,
    ],
    theme,
  );
}

function saved({ run, next = [] }: BenchModel, theme: Theme): string[] {
  const stored = run === undefined ? [] : headline(`Saved as run ${run}.`, '', theme);
  return [...stored, ...commandLines(next, theme)];
}
