import type { Failure } from '../kit/index.ts';
import type { ServerError, StartFailure } from '../runtime/types.ts';
import type { MessageFinding } from './judge-message.ts';

/** Passed; failed (the answer's fault); errored (ours); skipped (needs what did not pass); not judged (the machine lacks it). */
export type Outcome = 'passed' | 'failed' | 'errored' | 'skipped' | 'not-judged';

/** What one check found. */
export interface CheckResult {
  id: string;
  title: string;
  points: number;
  outcome: Outcome;
  durationMs: number;
  /** When failed. */
  failure?: Failure;
  /** When failed: the server's last error, where there was one. */
  serverError?: ServerError;
  /** When failed: an access that was refused, as a sentence. */
  refusedAccess?: string;
  /** When errored or not judged: why, in one sentence. */
  reason?: string;
  /** When skipped: the checks that it waits for. */
  waitsFor?: readonly string[];
}

/** The grade of a code exercise. */
export interface CodeVerdict {
  kind: 'code';
  exercise: string;
  title: string;
  /** The seed of this grading: `--seed` repeats it. */
  seed: number;
  /** Why nothing could be checked: the answer never became ready. All checks are then skipped. */
  startFailure?: StartFailure;
  checks: readonly CheckResult[];
  /** Points earned. */
  points: number;
  /** Points of all checks. */
  possible: number;
  /** Points of checks that this machine cannot judge. */
  notJudged: number;
  durationMs: number;
}

/** The grade of a question. */
export interface QuestionVerdict {
  kind: 'question';
  exercise: string;
  title: string;
  outcome: 'right' | 'partly' | 'wrong' | 'unanswered' | 'no-run';
  points: number;
  possible: number;
  /** As it was written. */
  given?: string;
  /** When a message is not right: what it lacks, and whether it gives a secret away. */
  message?: MessageFinding;
  /** When right: where the right answer comes from. */
  why?: string;
  /** Rests on the learner's own recorded run. */
  selfReported: boolean;
  /** The run it was judged by. */
  run?: number;
}

/** All that was judged of a lab in one call. */
export interface LabVerdict {
  lab: { number: number; slug: string; title: string };
  code: readonly CodeVerdict[];
  questions: readonly QuestionVerdict[];
  points: number;
  possible: number;
}
