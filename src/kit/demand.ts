import { type Failure, fail } from './failure.ts';
import { jsonDifference } from './same-json.ts';

/** What a failure says beside the values. */
export type FailureContext = Omit<Failure, 'kind' | 'expected' | 'actual'>;

/**
 * Ends the check with a failure where the two values are not the same. Both are told after the same words, so that
 * they stand one under the other: `calls to the origin: 0`, `calls to the origin: 1`.
 */
export function demand(
  what: string,
  expected: string | number | boolean,
  actual: string | number | boolean,
  context: FailureContext,
): void {
  if (expected === actual) return;
  fail({ ...context, expected: `${what}: ${expected}`, actual: `${what}: ${actual}` });
}

/** `demand` for JSON: tells the first place where the two differ. */
export function demandJson(
  what: string,
  expected: unknown,
  actual: unknown,
  context: FailureContext,
): void {
  const difference = jsonDifference(expected, actual);
  if (difference) demand(what, difference.expected, difference.actual, context);
}
