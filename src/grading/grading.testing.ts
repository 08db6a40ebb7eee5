import type { Check, CodeExercise } from '../kit/index.ts';
import { fail } from '../kit/index.ts';
import { passOn, serverSource, type TestGround } from '../probe/stage.testing.ts';
import type { Program } from '../runtime/types.ts';
import { type GradeCodeOptions, gradeCode } from './grade-code.ts';
import type { CodeVerdict } from './verdict.ts';

/** The exercise that the tests of grading grade; its checks come with each test. */
export const exercise: CodeExercise = {
  kind: 'code',
  id: 'C1',
  title: 'Do it',
  objectives: ['T1'],
  points: 60,
  hints: ['1', '2', '3'],
  file: 'server.ts',
};

export function check(id: string, run: Check['run'], more: Partial<Check> = {}): Check {
  return { id, title: `does ${id}`, points: 10, run, ...more };
}

export const passes: Check['run'] = async ({ server }) => void (await server.get('/healthz'));

export const fails: Check['run'] = async () =>
  fail({ rationale: 'r', asked: 'a', expected: 'e', actual: 'b' });

/** Grades by these checks; without a program, one that passes everything on to the registrar. */
export type Grade = (
  checks: readonly Check[],
  program?: Program,
  more?: Partial<GradeCodeOptions>,
) => Promise<CodeVerdict>;

export async function openGrading({ program, openStage }: TestGround): Promise<Grade> {
  const right = await program('right', serverSource(passOn));
  return (checks, answer = right, more = {}) =>
    gradeCode({ exercise, checks, program: answer, seed: 5, openStage, ...more });
}

/** `check: outcome`, in the order of the verdict. */
export function outcomes({ checks }: CodeVerdict): readonly string[] {
  return checks.map(({ id, outcome }) => `${id}: ${outcome}`);
}
