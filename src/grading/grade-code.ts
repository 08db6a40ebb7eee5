import type { Check, CodeExercise } from '../kit/index.ts';
import type { Stage } from '../probe/stage.ts';
import type { Program, StartFailure } from '../runtime/types.ts';
import { orderChecks } from './check-order.ts';
import { type CheckServers, openCheckServers } from './check-servers.ts';
import { blockedBy } from './needs.ts';
import { runCheck } from './run-check.ts';
import type { CheckResult, CodeVerdict } from './verdict.ts';

/** What a grading tells while it runs. */
export type GradeProgress =
  | { kind: 'check-started'; check: Check; index: number; total: number }
  | { kind: 'check-ended'; result: CheckResult; index: number; total: number };

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

/** The results so far; `startFailure` once it is known that the program does not start. */
interface Grading {
  results: Map<string, CheckResult>;
  startFailure: StartFailure | undefined;
}

/**
 * Grades the answer to a code exercise. Throws a CourseError where nothing could be checked through no fault of the
 * answer, and the signal's reason when it is aborted.
 */
export async function gradeCode(options: GradeCodeOptions): Promise<CodeVerdict> {
  const { checks, program, seed, only, signal, onProgress } = options;
  const order = orderChecks(checks, only);
  const total = order.length;
  const startedAtMs = performance.now();
  const grading: Grading = { results: new Map(), startFailure: undefined };
  const stage = await options.openStage(seed);
  try {
    const servers = openCheckServers(stage, program);
    for (const [index, check] of order.entries()) {
      signal?.throwIfAborted();
      onProgress?.({ kind: 'check-started', check, index, total });
      const result = await gradeCheck(check, grading, { stage, servers, options });
      grading.results.set(check.id, result);
      const usable = result.outcome === 'passed' || result.outcome === 'skipped';
      await servers.release(check, usable, order.slice(index + 1));
      onProgress?.({ kind: 'check-ended', result, index, total });
    }
  } finally {
    await stage.close();
  }
  return verdictOf(options, grading, performance.now() - startedAtMs);
}

async function gradeCheck(
  check: Check,
  grading: Grading,
  on: { stage: Stage; servers: CheckServers; options: GradeCodeOptions },
): Promise<CheckResult> {
  const startedAtMs = performance.now();
  const found = await find(check, grading, on);
  const { id, title, points } = check;
  return { id, title, points, ...found, durationMs: performance.now() - startedAtMs };
}

async function find(
  check: Check,
  grading: Grading,
  { stage, servers, options }: { stage: Stage; servers: CheckServers; options: GradeCodeOptions },
): Promise<Omit<CheckResult, 'id' | 'title' | 'points' | 'durationMs'>> {
  if (grading.startFailure) return { outcome: 'skipped' };
  const blocked = blockedBy(check, grading.results);
  if (blocked) return blocked;
  // Asked before the stage is reset: what is dead cannot be reset, and says better itself what it died of.
  const trouble = await stage.trouble();
  if (trouble) return { outcome: 'errored', reason: trouble };
  const found = await servers.ready(check);
  if (found.kind === 'no-server') return found.finding;
  if (found.kind === 'never-starts') {
    grading.startFailure = found.failure;
    return { outcome: 'skipped' };
  }
  const { set, server } = found;
  const { signal, checkLimitMs: limitMs } = options;
  return runCheck({ check, stage, set, server, signal, limitMs });
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
