import { median } from './alternate.ts';
import { probabilityUpTo } from './shares.ts';

/** A median, and what the true one may be. */
export interface MedianEstimate {
  value: number;
  low: number;
  high: number;
}

/**
 * Of independent values of any distribution: as many as lie below the true median are heads of a fair coin (David and
 * Nagaraja, Order Statistics, 3rd ed. 2003, 7.1). Undefined below 6 values: they cannot tell at this level.
 */
export function estimateMedian(
  values: readonly number[],
  level = 0.95,
): MedianEstimate | undefined {
  const sorted = values.toSorted((left, right) => left - right);
  let outer = 0;
  while (probabilityUpTo(outer, sorted.length, 0.5) <= (1 - level) / 2) outer += 1;
  const [low, high] = [sorted[outer - 1], sorted[sorted.length - outer]];
  if (outer === 0 || low === undefined || high === undefined) return undefined;
  return { value: median(sorted), low, high };
}
