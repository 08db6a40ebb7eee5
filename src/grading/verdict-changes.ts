import type { CodeVerdict, Outcome } from './verdict.ts';

/** What an earlier grading of a code exercise came to: all that a later one is compared with. */
export interface Standing {
  points: number;
  possible: number;
  /** Ids of the checks that passed. */
  passed: readonly string[];
  /** Fingerprint of the files that were graded. */
  hash: string;
}

/** What a grading found that the one before it had not. */
export type VerdictChanges =
  | {
      kind: 'compared';
      /** Ids of checks that pass now and did not. */
      nowPass: readonly string[];
      /** Ids of checks that passed and fail now. */
      nowFail: readonly string[];
      /** Ids of checks that passed and were not judged this time: by our fault, or since one that they need failed. */
      nowUnjudged: readonly string[];
      /** Points more than before; negative where there are fewer. */
      points: number;
      /** Both gradings were of the same files. */
      sameFiles: boolean;
    }
  /** Nothing could be checked; what the earlier grading came to. */
  | { kind: 'not-started'; points: number; possible: number };

/** What a grading leaves to compare the next one with; undefined where the answer did not start: nothing was learnt. */
export function standingOf(verdict: CodeVerdict, hash: string): Standing | undefined {
  if (verdict.startFailure) return undefined;
  const { points, possible } = verdict;
  return { points, possible, passed: idsOf(verdict, 'passed'), hash };
}

/**
 * The same of a grading that was kept, which names what did not pass. Undefined where there were checks that the machine
 * could not judge: which of them is not kept.
 */
export function standingOfAttempt(
  attempt: Pick<Standing, 'points' | 'possible' | 'hash'> & {
    notJudged: number;
    failed: readonly string[];
  },
  checks: readonly { id: string }[],
): Standing | undefined {
  const { points, possible, hash, notJudged, failed } = attempt;
  if (notJudged > 0) return undefined;
  const passed = checks.map(({ id }) => id).filter((id) => !failed.includes(id));
  return { points, possible, passed, hash };
}

/** Compares a grading with the one before it. */
export function changesSince(before: Standing, verdict: CodeVerdict, hash: string): VerdictChanges {
  if (verdict.startFailure) {
    return { kind: 'not-started', points: before.points, possible: before.possible };
  }
  const hadPassed = (id: string) => before.passed.includes(id);
  return {
    kind: 'compared',
    nowPass: idsOf(verdict, 'passed').filter((id) => !hadPassed(id)),
    nowFail: idsOf(verdict, 'failed').filter(hadPassed),
    nowUnjudged: idsOf(verdict, 'skipped', 'errored').filter(hadPassed),
    points: verdict.points - before.points,
    sameFiles: before.hash === hash,
  };
}

function idsOf({ checks }: CodeVerdict, ...outcomes: readonly Outcome[]): string[] {
  return checks.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);
}
