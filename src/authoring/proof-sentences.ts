import type { CheckResult, CodeVerdict } from '../grading/verdict.ts';
import type { Proved } from './prove-answer.ts';

/** What proving one answer came to. */
export interface ProofResult {
  ok: boolean;
  text: string;
}

/** Why an answer that should be right is not: what it did not pass with this seed. Undefined where it passes everything. */
export function whyNotRight(proved: Proved): string | undefined {
  return whyNotStarted(proved) ?? notPassed(proved);
}

/** Of a right answer that passed every check with every seed. */
export function passesEverything(seeds: readonly number[]): ProofResult {
  return {
    ok: true,
    text: `passes everything, seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}`,
  };
}

/** The starter starts, and at least one check of each exercise rejects it. */
export function judgeStarter(proved: Proved): ProofResult {
  const failure = whyNotStarted(proved);
  if (failure) return { ok: false, text: failure };
  const errored = resultsOf(proved).find(({ outcome }) => outcome === 'errored');
  if (errored) return { ok: false, text: describe(errored) };
  const passing = verdictsOf(proved).find(({ checks }) => !checks.some(isFailed));
  if (passing) return { ok: false, text: `passes ${passing.exercise} as it stands` };
  const rejecting = resultsOf(proved)
    .filter(isFailed)
    .map(({ id }) => id);
  return { ok: true, text: `fails ${rejecting.join(', ')}` };
}

/** A mutant is rejected by the check that it names, with the outcome failed; or by not starting, where it says so. */
export function judgeMutant(proved: Proved, rejectedBy: string): ProofResult {
  const failure = whyNotStarted(proved);
  if (rejectedBy === 'start') {
    return failure
      ? { ok: true, text: `rejected by start: ${failure}` }
      : { ok: false, text: 'starts, and should not' };
  }
  if (failure) return { ok: false, text: failure };
  const named = resultsOf(proved).find(({ id }) => id === rejectedBy);
  if (!named) return { ok: false, text: `names ${rejectedBy}, which is no check` };
  if (named.outcome === 'passed')
    return { ok: false, text: `passes ${rejectedBy}, which should reject it` };
  if (!isFailed(named)) return { ok: false, text: describe(named) };
  const others = resultsOf(proved).filter((each) => isFailed(each) && each !== named);
  const more = others.length > 0 ? `; also by ${others.map(({ id }) => id).join(', ')}` : '';
  return { ok: true, text: `rejected by ${rejectedBy}${more}` };
}

function whyNotStarted(proved: Proved): string | undefined {
  if (proved.kind === 'no-program') return `does not start: ${proved.failure.message}`;
  const failure = proved.verdicts.find(({ startFailure }) => startFailure)?.startFailure;
  return failure && `does not start: ${failure.message}`;
}

/** The checks that did not pass, with the seed, so that it can be seen again. */
function notPassed(proved: Proved): string | undefined {
  const verdict = verdictsOf(proved).find(({ checks }) =>
    checks.some(({ outcome }) => outcome !== 'passed'),
  );
  if (!verdict) return undefined;
  const found = verdict.checks.filter(({ outcome }) => outcome !== 'passed').map(describe);
  return `seed ${verdict.seed}: ${found.join('; ')}`;
}

function describe({ id, outcome, failure, reason, waitsFor }: CheckResult): string {
  switch (outcome) {
    case 'failed':
      return `${id} failed: expected ${failure?.expected}, got ${failure?.actual}`;
    case 'skipped':
      return `${id} was skipped: it needs ${waitsFor?.join(', ')}`;
    case 'not-judged':
      return `${id} was not judged here: ${reason}`;
    case 'errored':
      return `${id} errored: ${reason}`;
    case 'passed':
      return `${id} passed`;
  }
}

function isFailed({ outcome }: CheckResult): boolean {
  return outcome === 'failed';
}

function verdictsOf(proved: Proved): readonly CodeVerdict[] {
  return proved.kind === 'graded' ? proved.verdicts : [];
}

function resultsOf(proved: Proved): readonly CheckResult[] {
  return verdictsOf(proved).flatMap(({ checks }) => checks);
}
