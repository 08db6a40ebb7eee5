import { judgeMutant, whyNotRight } from '../src/authoring/proof-sentences.ts';
import type { Proved } from '../src/authoring/prove-answer.ts';
import type { CheckResult, Outcome } from '../src/grading/verdict.ts';

/**
 * What a grading is worth. `false-fail`: something right was rejected: a right answer, or of a wrong one what its named
 * check needs. `false-pass`: the check that a wrong answer names let it pass. `errored`, `not-judged`: nobody was judged.
 */
export type Worth = 'sound' | 'false-fail' | 'false-pass' | 'errored' | 'not-judged';

/** What a grading came to. */
export interface Steadiness {
  worth: Worth;
  /** The checks that are responsible where it is not sound; `start` where it did not start. */
  checks: readonly string[];
  /** Where it is not sound: what was found, with expected and actual. */
  found?: string;
}

/** @param rejectedBy of a wrong answer, the check that must reject it, or `start`; of a right one undefined */
export function steadinessOf(proved: Proved, rejectedBy: string | undefined): Steadiness {
  const judged =
    rejectedBy === undefined ? ofRight(proved) : ofWrong(proved, resultsOf(proved), rejectedBy);
  if (judged.worth === 'sound') return judged;
  const found =
    rejectedBy === undefined ? whyNotRight(proved) : judgeMutant(proved, rejectedBy).text;
  return { ...judged, ...(found !== undefined && { found }) };
}

const sound: Steadiness = { worth: 'sound', checks: [] };

function ofRight(proved: Proved): Steadiness {
  return hasStarted(proved) ? worst(resultsOf(proved)) : { worth: 'false-fail', checks: ['start'] };
}

function ofWrong(proved: Proved, results: readonly CheckResult[], rejectedBy: string): Steadiness {
  if (rejectedBy === 'start') {
    if (!hasStarted(proved)) return sound;
    const errored = idsOf(results, 'errored');
    return errored.length > 0
      ? { worth: 'errored', checks: errored }
      : { worth: 'false-pass', checks: ['start'] };
  }
  if (!hasStarted(proved)) return { worth: 'false-fail', checks: ['start'] };
  const named = results.find(({ id }) => id === rejectedBy);
  if (named === undefined) throw new Error(`there is no check ${rejectedBy}`);
  if (named.outcome === 'failed') return sound;
  if (named.outcome === 'passed') return { worth: 'false-pass', checks: [rejectedBy] };
  // It errored, could not be judged, or waits for one that did not pass.
  return worst(results);
}

/** A failure counts more than an error: somebody would be told that they are wrong. */
function worst(results: readonly CheckResult[]): Steadiness {
  for (const [outcome, worth] of [
    ['failed', 'false-fail'],
    ['errored', 'errored'],
    ['not-judged', 'not-judged'],
  ] as const) {
    const checks = idsOf(results, outcome);
    if (checks.length > 0) return { worth, checks };
  }
  return sound;
}

function idsOf(results: readonly CheckResult[], wanted: Outcome): string[] {
  return results.filter(({ outcome }) => outcome === wanted).map(({ id }) => id);
}

function hasStarted(proved: Proved): boolean {
  return proved.kind === 'graded' && proved.verdicts.every(({ startFailure }) => !startFailure);
}

function resultsOf(proved: Proved): readonly CheckResult[] {
  return proved.kind === 'graded' ? proved.verdicts.flatMap(({ checks }) => checks) : [];
}
