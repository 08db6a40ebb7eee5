import type { Lab } from '../catalog/types.ts';
import { gradeCode } from '../grading/grade-code.ts';
import { codePassed } from '../grading/lab-verdict.ts';
import type { PreparedAnswer } from '../grading/prepare-answer.ts';
import type { GradeProgress } from '../grading/run-checks.ts';
import type { CodeVerdict } from '../grading/verdict.ts';
import type { Check, CodeExercise } from '../kit/index.ts';
import { openStage } from '../probe/stage.ts';
import type { Runtime } from '../runtime/types.ts';
import type { Attempt } from '../workspace/index.ts';
import type { OnWorking } from './tools.ts';

export interface AttemptOptions {
  lab: Lab;
  exercise: CodeExercise;
  /** The answer, or why it cannot be compiled. */
  prepared:
    | PreparedAnswer
    | { kind: 'program'; program: Parameters<typeof gradeCode>[0]['program'] };
  runtime: Runtime;
  workFolder: string;
  seed: number;
  signal: AbortSignal;
  onWorking: OnWorking;
}

/** Grades one code exercise. Throws (exit 3) where nothing could be checked through no fault of the answer. */
export async function attemptCode(options: AttemptOptions): Promise<CodeVerdict> {
  const { lab, exercise, prepared, runtime, workFolder, seed, signal, onWorking } = options;
  const checks = (await lab.checks())[exercise.id] ?? [];
  if (prepared.kind === 'failed') return notStarted(exercise, checks, seed, prepared.failure);
  return gradeCode({
    exercise,
    checks,
    program: prepared.program,
    seed,
    openStage: (stageSeed) => openStage({ runtime, seed: stageSeed, workFolder }),
    signal,
    onProgress: (progress) => onWorking(...sentenceOf(progress)),
  });
}

/** What is kept of a grading. */
export function attemptOf(verdict: CodeVerdict, hash: string, now: Date): Attempt {
  return {
    exercise: verdict.exercise,
    at: now.toISOString(),
    seed: verdict.seed,
    points: verdict.points,
    possible: verdict.possible,
    notJudged: verdict.notJudged,
    passed: codePassed(verdict),
    failed: verdict.checks
      .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'not-judged')
      .map(({ id }) => id),
    hash,
  };
}

function sentenceOf(progress: GradeProgress): [string, number] {
  if (progress.kind === 'check-started') {
    return [`Checking: ${progress.check.title}`, progress.index / progress.total];
  }
  return [`Checked: ${progress.result.title}`, (progress.index + 1) / progress.total];
}

function notStarted(
  exercise: CodeExercise,
  checks: readonly Check[],
  seed: number,
  startFailure: NonNullable<CodeVerdict['startFailure']>,
): CodeVerdict {
  return {
    kind: 'code',
    exercise: exercise.id,
    title: exercise.title,
    seed,
    startFailure,
    checks: checks.map(({ id, title, points }) => ({
      id,
      title,
      points,
      outcome: 'skipped',
      durationMs: 0,
    })),
    points: 0,
    possible: checks.reduce((sum, { points }) => sum + points, 0),
    notJudged: 0,
    durationMs: 0,
  };
}
