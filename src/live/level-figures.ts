import type { LogLevel } from '../kit/index.ts';
import type { Pulse, TrafficCount } from '../load/traffic-job.ts';
import { createDelays, type DelayFigures } from './delays.ts';
import { type CountedLevel, countedLevels, type LevelCounts, noCounts } from './level-counts.ts';
import { createRateWindow } from './rate-window.ts';

/** What a level at the source costs: the last seconds at it. */
export interface LevelFigures {
  level: LogLevel;
  /** Lines a second by level; those that came too fast to be read are in `linesPerSecond` alone. */
  linesPerSecondBy: LevelCounts;
  linesPerSecond: number;
  bytesPerSecond: number;
  /** Undefined while no traffic has been sent for a second. */
  answersPerSecond: number | undefined;
  failedPerSecond: number | undefined;
  /** Undefined until ten small requests were answered. */
  delay: DelayFigures | undefined;
}

/** Measures the level at the source, and remembers what the other levels came to. */
export interface LevelMeasures {
  line(level: CountedLevel): void;
  unread(lines: number): void;
  tick(elapsedMs: number, bytes: number): void;
  traffic(count: TrafficCount): void;
  pulse(pulse: Pulse): void;
  /** The level at the source is another one from now on. */
  changed(level: LogLevel): void;
  /** No traffic was sent for a while: the server has to warm up again. */
  interrupted(): void;
  /** Of the level at the source; undefined until the server is warm, and the level has been there for a second. */
  current(): LevelFigures | undefined;
  /** Of other levels, as they were when they were left; the one left last comes first. */
  earlier(): readonly LevelFigures[];
}

const windowMs = 5000;
/** A server that has just started, or that nobody has asked for a while, is slower than it will be. */
const warmUpMs = 1000;
/** Ten a second for ten seconds. */
const pulsesKept = 100;

type Output = CountedLevel | 'unread' | 'bytes';

export function createLevelMeasures(start: LogLevel): LevelMeasures {
  const output = createRateWindow<Output>([...countedLevels, 'unread', 'bytes'], windowMs);
  const answers = createRateWindow<'answered' | 'failed'>(['answered', 'failed'], windowMs);
  const delays = createDelays(pulsesKept);
  const remembered = new Map<LogLevel, LevelFigures>();
  let level = start;
  let sinceTick = { ...noCounts(), unread: 0 };
  /** What was sent before a change and is told after it belongs to neither level. */
  let skip = { count: false, pulse: false };
  /** Of traffic, until anything is measured. */
  let warmUpLeftMs = warmUpMs;

  const clear = () => {
    output.clear();
    answers.clear();
    delays.clear();
    sinceTick = { ...noCounts(), unread: 0 };
    skip = { count: true, pulse: true };
  };
  const current = (): LevelFigures | undefined => {
    if (warmUpLeftMs > 0) return undefined;
    const lines = output.perSecond();
    if (lines === undefined) return undefined;
    const { unread, bytes, ...by } = lines;
    const traffic = answers.perSecond();
    return {
      level,
      linesPerSecondBy: by,
      linesPerSecond: countedLevels.reduce((sum, each) => sum + by[each], unread),
      bytesPerSecond: bytes,
      answersPerSecond: traffic?.answered,
      failedPerSecond: traffic?.failed,
      delay: delays.figures(),
    };
  };

  return {
    line(of) {
      sinceTick[of] += 1;
    },
    unread(lines) {
      sinceTick.unread += lines;
    },
    tick(elapsedMs, bytes) {
      output.add(elapsedMs, { ...sinceTick, bytes });
      sinceTick = { ...noCounts(), unread: 0 };
    },
    traffic({ elapsedMs, answered, failed }) {
      if (warmUpLeftMs > 0) {
        warmUpLeftMs -= elapsedMs;
        if (warmUpLeftMs <= 0) clear();
        return;
      }
      if (!skip.count) answers.add(elapsedMs, { answered, failed });
      skip.count = false;
    },
    pulse({ delayMs }) {
      if (!skip.pulse) delays.add(delayMs);
      skip.pulse = false;
    },
    changed(next) {
      const figures = current();
      if (figures !== undefined) {
        remembered.delete(level);
        remembered.set(level, figures);
      }
      level = next;
      clear();
    },
    interrupted() {
      clear();
      warmUpLeftMs = warmUpMs;
    },
    current,
    earlier: () => [...remembered.values()].reverse().filter((figures) => figures.level !== level),
  };
}
