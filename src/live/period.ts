import type { TrafficCount } from '../load/traffic-job.ts';
import { type CountedLevel, type LevelCounts, noCounts, totalOf } from './level-counts.ts';

/** What was counted since something was changed. */
export interface PeriodCounts {
  seconds: number;
  /** Lines that the source wrote and that were read. */
  made: LevelCounts;
  /** Of them, those that the reader let through when they came. */
  shown: LevelCounts;
  /** Lines that came too fast to be read: they are in no level's count. */
  unread: number;
  bytes: number;
  /** Over `trafficSeconds`. */
  traffic: { answered: number; failed: number; lost: number };
  trafficSeconds: number;
}

/** Counts until it is begun anew. */
export interface Period {
  line(level: CountedLevel, shown: boolean): void;
  unread(lines: number): void;
  tick(elapsedMs: number, bytes: number): void;
  traffic(count: TrafficCount): void;
  counts(): PeriodCounts;
  begin(): void;
}

/** Lines that were made and not shown. */
export function heldBack({ made, shown }: Pick<PeriodCounts, 'made' | 'shown'>): number {
  return totalOf(made) - totalOf(shown);
}

export function createPeriod(): Period {
  const fresh = () => ({
    made: noCounts(),
    shown: noCounts(),
    unread: 0,
    bytes: 0,
    elapsedMs: 0,
    trafficMs: 0,
    traffic: { answered: 0, failed: 0, lost: 0 },
  });
  let now = fresh();
  return {
    line(level, shown) {
      now.made[level] += 1;
      if (shown) now.shown[level] += 1;
    },
    unread(lines) {
      now.unread += lines;
    },
    tick(elapsedMs, bytes) {
      now.elapsedMs += elapsedMs;
      now.bytes += bytes;
    },
    traffic({ elapsedMs, answered, failed, lost }) {
      now.trafficMs += elapsedMs;
      now.traffic.answered += answered;
      now.traffic.failed += failed;
      now.traffic.lost += lost;
    },
    counts: () => ({
      seconds: now.elapsedMs / 1000,
      made: { ...now.made },
      shown: { ...now.shown },
      unread: now.unread,
      bytes: now.bytes,
      traffic: { ...now.traffic },
      trafficSeconds: now.trafficMs / 1000,
    }),
    begin() {
      now = fresh();
    },
  };
}
