import type { Cell, Exhibit, LogLevel } from '../kit/index.ts';
import { totalOf } from './level-counts.ts';
import type { PhaseReport } from './phases.ts';
import type { LiveView } from './view.ts';

/** What a level at the source costs. */
export interface LevelPrice {
  level: LogLevel;
  /** Undefined where it was not measured. */
  answersPerSecond: number | undefined;
  linesPerSecond: number | undefined;
  bytesPerSecond: number | undefined;
  /** What a small request waited for its answer, 99th percentile; undefined where too few were answered. */
  delayP99Ms: number | undefined;
}

/** The level now, which may not be measured yet, then the others. */
export function pricesOf({
  source,
  figures,
  earlier,
}: Pick<LiveView, 'source' | 'figures' | 'earlier'>): LevelPrice[] {
  return [figures, ...earlier].map((each) => ({
    level: each?.level ?? source.level,
    answersPerSecond: each?.answersPerSecond,
    linesPerSecond: each?.linesPerSecond,
    bytesPerSecond: each?.bytesPerSecond,
    delayP99Ms: each?.delay?.p99Ms,
  }));
}

export function priceOfPhase(report: PhaseReport): LevelPrice {
  const { level, seconds, made, unread, bytes, traffic, trafficSeconds, delay } = report;
  return {
    level,
    answersPerSecond: trafficSeconds === 0 ? undefined : traffic.answered / trafficSeconds,
    linesPerSecond: seconds === 0 ? undefined : (totalOf(made) + unread) / seconds,
    bytesPerSecond: seconds === 0 ? undefined : bytes / seconds,
    delayP99Ms: delay?.p99Ms,
  };
}

/** The levels beside each other, for a guided run. */
export function pricesExhibit(prices: readonly LevelPrice[]): Exhibit {
  return {
    kind: 'table',
    title: 'What each level costs',
    columns: [
      'level at the source',
      'answers/s',
      'log lines/s',
      'log kB/s',
      'a small request waits',
    ],
    rows: prices.map(({ level, answersPerSecond, linesPerSecond, bytesPerSecond, delayP99Ms }) => [
      level,
      whole(answersPerSecond),
      whole(linesPerSecond),
      whole(bytesPerSecond === undefined ? undefined : bytesPerSecond / 1000),
      delayP99Ms === undefined ? 'not available' : { value: delayP99Ms, unit: 'ms', digits: 1 },
    ]),
    notes: [
      'The small request is GET /healthz, ten times a second on a connection of its own; 99 % of them waited no longer than this.',
    ],
  };
}

function whole(value: number | undefined): Cell {
  return value === undefined ? 'not available' : { value, digits: 0 };
}
