import type { Check, CodeExercise } from '../kit/index.ts';
import type { Stage } from '../probe/stage.ts';
import type { Program } from '../runtime/types.ts';
import { orderChecks } from './check-order.ts';
import { openCheckServers } from './check-servers.ts';
import { type GradeProgress, type Grading, runChecks } from './run-checks.ts';
import type { CheckResult, CodeVerdict } from './verdict.ts';

export interface GradeCodeOptions {
  exercise: CodeExercise;
  checks: readonly Check[];
  program: Program;
  seed: number;
  /** The grading closes what it opens. */
  openStage(seed: number): Promise<Stage>;
  /** Ids of the checks to run; what they need is run too. */
  only?: readonly string[] | undefined;
  /** For one check; default 60,000. */
  checkLimitMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: GradeProgress) => void) | undefined;
}

/**
 * Grades the answer to a code exercise. Throws a CourseError where nothing could be checked through no fault of the
 * answer, and the signal's reason when it is aborted.
 */
export async function gradeCode(options: GradeCodeOptions): Promise<CodeVerdict> {
  const { checks, program, seed, only, signal, checkLimitMs, onProgress } = options;
  const order = orderChecks(checks, only);
  const startedAtMs = performance.now();
  const stage = await options.openStage(seed);
  try {
    const servers = openCheckServers(stage, program);
    const grading = await runChecks({ order, stage, servers, signal, checkLimitMs, onProgress });
    return verdictOf(options, grading, performance.now() - startedAtMs);
  } finally {
    await stage.close();
  }
}

function verdictOf(
  { exercise, checks, seed }: GradeCodeOptions,
  { results, startFailure }: Grading,
  durationMs: number,
): CodeVerdict {
  const listed = checks.flatMap(({ id }) => results.get(id) ?? []);
  const sum = (some: readonly CheckResult[]) => some.reduce((all, { points }) => all + points, 0);
  return {
    kind: 'code',
    exercise: exercise.id,
    title: exercise.title,
    seed,
    ...(startFailure && { startFailure }),
    checks: listed,
    points: sum(listed.filter(({ outcome }) => outcome === 'passed')),
    possible: sum(listed),
    notJudged: sum(listed.filter(({ outcome }) => outcome === 'not-judged')),
    durationMs,
  };
}
