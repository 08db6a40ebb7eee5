import { usageError } from '../errors.ts';
import type { BenchOptions } from '../kit/index.ts';

/** What was asked for; what is absent has its default. */
export interface AskedBenchOptions {
  /** 3 to 50; default 5. */
  rounds?: number;
  /** 1 to 60; default 2. */
  durationSeconds?: number;
  /** 1 to 500. */
  connections?: number;
}

/** Seconds. By then code is compiled; and each round pays for it. */
const longestWarmUp = 1;

/**
 * Checks the options of a benchmark and fills in the rest. Throws usageError with a sentence that names the option.
 * `connections` is the scenario's own number.
 */
export function benchOptions(asked: AskedBenchOptions, connections: number): BenchOptions {
  const { rounds = 5, durationSeconds = 2 } = asked;
  const options = {
    rounds,
    durationSeconds,
    connections: asked.connections ?? connections,
    warmUpSeconds: Math.min(longestWarmUp, durationSeconds / 2),
  };
  demand('--rounds', 'a whole number', 3, 50, options.rounds, Number.isInteger);
  demand('--duration', 'a number of seconds', 1, 60, options.durationSeconds, Number.isFinite);
  demand('--connections', 'a whole number', 1, 500, options.connections, Number.isInteger);
  return options;
}

function demand(
  option: string,
  what: string,
  low: number,
  high: number,
  value: number,
  fits: (value: number) => boolean,
): void {
  if (fits(value) && value >= low && value <= high) return;
  throw usageError(`${option} must be ${what} from ${low} to ${high}, not ${value}.`);
}
