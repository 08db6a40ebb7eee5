import { type LogLevel, logLevels } from '../kit/index.ts';

/** A level, or `other` for a line that is no record with a level of the contract. */
export type CountedLevel = LogLevel | 'other';

/** Lines by level. */
export type LevelCounts = Readonly<Record<CountedLevel, number>>;

export const countedLevels: readonly CountedLevel[] = [...logLevels, 'other'];

/** All 0, to be counted up. */
export function noCounts(): Record<CountedLevel, number> {
  return { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0, other: 0 };
}

/** All lines together. */
export function totalOf(counts: LevelCounts): number {
  return countedLevels.reduce((sum, level) => sum + counts[level], 0);
}

/** Whether a logger at `least` lets a record of `level` through. */
export function reaches(level: LogLevel, least: LogLevel): boolean {
  return logLevels.indexOf(level) >= logLevels.indexOf(least);
}
