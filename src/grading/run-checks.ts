import type { Check } from '../kit/index.ts';
import type { Stage } from '../probe/stage.ts';
import type { StartFailure } from '../runtime/types.ts';
import type { CheckServer, CheckServers } from './check-servers.ts';
import { blockedBy } from './needs.ts';
import { runCheck } from './run-check.ts';
import type { CheckResult } from './verdict.ts';

/** What a grading tells while it runs. */
export type GradeProgress =
  | { kind: 'check-started'; check: Check; index: number; total: number }
  | { kind: 'check-ended'; result: CheckResult; index: number; total: number };

export interface RunChecksOptions {
  /** The checks, each after those that it needs. */
  order: readonly Check[];
  stage: Stage;
  servers: CheckServers;
  /** Checks that the caller runs afterwards, on the servers of their groups. */
  next?: readonly Check[];
  /** For one check; default 60,000. */
  checkLimitMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: GradeProgress) => void) | undefined;
}

/** What the checks found, by id; `startFailure` once it is known that the program does not start. */
export interface Grading {
  results: Map<string, CheckResult>;
  startFailure: StartFailure | undefined;
}

/** Runs checks one after the other on their servers. Throws the signal's reason when it is aborted. */
export async function runChecks(options: RunChecksOptions): Promise<Grading> {
  const { order, servers, next = [], signal, onProgress } = options;
  const total = order.length;
  const grading: Grading = { results: new Map(), startFailure: undefined };
  for (const [index, check] of order.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ kind: 'check-started', check, index, total });
    const result = await gradeCheck(check, grading, options);
    grading.results.set(check.id, result);
    const usable = result.outcome === 'passed' || result.outcome === 'skipped';
    await servers.release(check, usable, [...order.slice(index + 1), ...next]);
    onProgress?.({ kind: 'check-ended', result, index, total });
  }
  return grading;
}

async function gradeCheck(
  check: Check,
  grading: Grading,
  on: RunChecksOptions,
): Promise<CheckResult> {
  const startedAtMs = performance.now();
  const found = await find(check, grading, on);
  const { id, title, points } = check;
  return { id, title, points, ...found, durationMs: performance.now() - startedAtMs };
}

type Found = Omit<CheckResult, 'id' | 'title' | 'points' | 'durationMs'>;

async function find(check: Check, grading: Grading, on: RunChecksOptions): Promise<Found> {
  if (grading.startFailure) return { outcome: 'skipped' };
  const blocked = blockedBy(check, grading.results);
  if (blocked) return blocked;
  const first = await tryCheck(check, grading, on);
  if (first.found.outcome !== 'failed' || !first.endedFromOutside) return first.found;
  // A server that others ended says nothing about the answer, and one that ends itself will do so again.
  await on.servers.release(check, false, []);
  return (await tryCheck(check, grading, on)).found;
}

async function tryCheck(
  check: Check,
  grading: Grading,
  { stage, servers, signal, checkLimitMs: limitMs }: RunChecksOptions,
): Promise<{ found: Found; endedFromOutside: boolean }> {
  const without = (found: Found) => ({ found, endedFromOutside: false });
  // Asked before the stage is reset: what is dead cannot be reset, and says better itself what it died of.
  const before = await stage.trouble();
  if (before) return without({ outcome: 'errored', reason: before });
  const ready = await servers.ready(check).catch(async (thrown: unknown): Promise<CheckServer> => {
    // It may have died just now.
    const trouble = await stage.trouble();
    if (trouble === undefined) throw thrown;
    return { kind: 'no-server', finding: { outcome: 'errored', reason: trouble } };
  });
  if (ready.kind === 'no-server') return without(ready.finding);
  if (ready.kind === 'never-starts') {
    grading.startFailure = ready.failure;
    return without({ outcome: 'skipped' });
  }
  const { set, server } = ready;
  const found = await runCheck({ check, stage, set, server, signal, limitMs });
  return { found, endedFromOutside: set.servers().some((each) => each.endedFromOutside()) };
}
