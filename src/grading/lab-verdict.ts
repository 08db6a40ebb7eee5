import { type ExitCode, exitCodes } from '../errors.ts';
import type { CodeVerdict, LabVerdict, QuestionVerdict } from './verdict.ts';

/** All that was judged of a lab in one call. */
export function combineVerdicts(
  lab: LabVerdict['lab'],
  code: readonly CodeVerdict[],
  questions: readonly QuestionVerdict[],
): LabVerdict {
  const all = [...code, ...questions];
  const { number, slug, title } = lab;
  return {
    lab: { number, slug, title },
    code,
    questions,
    points: all.reduce((sum, { points }) => sum + points, 0),
    possible: all.reduce((sum, { possible }) => sum + possible, 0),
  };
}

/** Every check passed; what this machine cannot judge stands aside. */
export function codePassed({ startFailure, checks }: CodeVerdict): boolean {
  return (
    !startFailure && checks.every(({ outcome }) => outcome === 'passed' || outcome === 'not-judged')
  );
}

/**
 * Any failed: 1; else any errored: 3; else 0. A question without an answer or without a run has no effect, unless it
 * was `named` by the command: then a missing run is 3.
 */
export function exitCodeOf(
  { code, questions }: Pick<LabVerdict, 'code' | 'questions'>,
  named = false,
): ExitCode {
  const checks = code.flatMap((verdict) => verdict.checks);
  const failed =
    code.some(({ startFailure }) => startFailure) ||
    checks.some(({ outcome }) => outcome === 'failed') ||
    questions.some(({ outcome }) => outcome === 'wrong' || outcome === 'partly');
  if (failed) return exitCodes.notPassed;
  const errored =
    checks.some(({ outcome }) => outcome === 'errored') ||
    (named && questions.some(({ outcome }) => outcome === 'no-run'));
  return errored ? exitCodes.couldNotRun : exitCodes.fine;
}
