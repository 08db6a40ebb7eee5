import { type ProofPlace, proveAnswer } from '../src/authoring/prove-answer.ts';
import type { Lab, Mutant, ProofAnswer } from '../src/catalog/types.ts';
import { CourseError } from '../src/errors.ts';
import type { Checks } from '../src/kit/index.ts';
import { type Steadiness, steadinessOf } from './steadiness.ts';
import type { Grading } from './steadiness-table.ts';

/** An answer with its lab. */
export interface ToGrade {
  lab: Lab;
  checks: Checks;
  answer: ProofAnswer | Mutant;
}

/** Grades an answer as `labs validate` does: of a wrong one the check that it names, and what that needs. */
export async function gradeOnce({
  lab,
  checks,
  answer,
  seed,
  place,
}: ToGrade & { seed: number; place: ProofPlace }): Promise<
  Omit<Grading, 'series' | 'turn' | 'busy' | 'atOnce'>
> {
  const rejectedBy = 'rejectedBy' in answer ? answer.rejectedBy : undefined;
  // Whether it starts is seen at the first check, whichever that is.
  const only = rejectedBy === undefined || rejectedBy === 'start' ? undefined : [rejectedBy];
  const startedAtMs = performance.now();
  const proving = { lab, checks, answer: answer.folder, seed, place, ...(only && { only }) };
  const steadiness = await proveAnswer(proving).then(
    (proved) => steadinessOf(proved, rejectedBy),
    couldNotBeGraded,
  );
  return {
    lab: lab.number,
    answer: answer.name,
    ...(rejectedBy !== undefined && { rejectedBy }),
    seed,
    seconds: (performance.now() - startedAtMs) / 1000,
    ...steadiness,
  };
}

/** Something of ours did not start. That is no verdict, but it counts; anything else is a bug, and ends the series. */
function couldNotBeGraded(thrown: unknown): Steadiness {
  if (!(thrown instanceof CourseError)) throw thrown;
  return { worth: 'errored', checks: ['stage'], found: thrown.message };
}
