import type { ConfidenceInterval } from '../kit/index.ts';
import { studentT } from './student-t.ts';

/** A ratio with its uncertainty. */
export interface RatioEstimate {
  /** Geometric mean of the samples. */
  ratio: number;
  interval: ConfidenceInterval;
  /** The interval does not hold 1. */
  differs: boolean;
}

/**
 * Estimates a ratio from paired samples, each a ratio above 0. Ratios are averaged as logarithms, so that 2 and 1/2
 * come to 1 and it does not matter which of the two was divided by the other (Fleming and Wallace, "How not to
 * lie with statistics", CACM 29(3), 1986). The interval is Student's t on the logarithms (Jain, The Art of Computer
 * Systems Performance Analysis, 1991, 13.2 and 13.4.1: paired observations). Throws RangeError on fewer than 2.
 */
export function estimateRatio(samples: readonly number[], level = 0.95): RatioEstimate {
  const count = samples.length;
  if (count < 2) throw new RangeError(`an interval needs at least 2 samples, not ${count}`);
  if (!samples.every((sample) => sample > 0 && Number.isFinite(sample))) {
    throw new RangeError('a ratio must be above 0 and finite');
  }
  const logs = samples.map(Math.log);
  const mean = sumOf(logs) / count;
  const variance = sumOf(logs.map((log) => (log - mean) ** 2)) / (count - 1);
  const half = studentT(count - 1, level) * Math.sqrt(variance / count);
  const interval = { low: Math.exp(mean - half), high: Math.exp(mean + half), level };
  return {
    ratio: Math.exp(mean),
    interval,
    differs: interval.low > 1 || interval.high < 1,
  };
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
