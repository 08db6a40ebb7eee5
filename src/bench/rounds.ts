import type { BenchOptions, BenchRefused, Measurement } from '../kit/index.ts';
import type { Measure, Measured } from './measured.ts';
import { refusalOf } from './refusal.ts';
import { roundOrder } from './round-order.ts';

/** What is being measured, said before each measurement. */
export interface BenchProgress {
  variant: string;
  /** Counted from 0; undefined in the warm-up. */
  round: number | undefined;
  rounds: number;
  /** How much of the benchmark is done, by time: from 0 to below 1. */
  fraction: number;
}

/** What the rounds need. */
export interface RoundsPlan {
  title: string;
  server: BenchRefused['server'];
  /** The first request of the load, told when a run is refused. */
  path: string;
  /** Names; the first is the baseline. */
  variants: readonly string[];
  options: BenchOptions;
  measure: Measure;
  onProgress?: (progress: BenchProgress) => void;
  /** Called after every round with all measurements until then: what is saved there survives an interruption. */
  onRound?: (measurements: readonly Measurement[]) => void | Promise<void>;
  signal?: AbortSignal;
}

/** All measurements of all rounds, or why the first that failed is worth nothing. */
export type RoundsResult =
  | { kind: 'measured'; measurements: readonly Measurement[] }
  | BenchRefused;

/**
 * Warms every variant up, then measures each of them in every round, in an order that alternates. The figures of
 * warm-ups are thrown away, failures too: what is broken shows in the first round as well. Rejects with the signal's
 * reason when the signal fires.
 */
export async function runRounds(plan: RoundsPlan): Promise<RoundsResult> {
  const { variants, options, signal } = plan;
  const { rounds, connections, durationSeconds, warmUpSeconds } = options;
  const totalSeconds = variants.length * (warmUpSeconds + rounds * durationSeconds);
  let doneSeconds = 0;

  const measure = async (variant: string, round: number | undefined, seconds: number) => {
    signal?.throwIfAborted();
    plan.onProgress?.({ variant, round, rounds, fraction: doneSeconds / totalSeconds });
    const request = { variant, round, durationSeconds: seconds, connections };
    const measured = await plan.measure(request, signal);
    doneSeconds += seconds;
    return measured;
  };

  if (warmUpSeconds > 0) {
    for (const variant of variants) await measure(variant, undefined, warmUpSeconds);
  }
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const variant of roundOrder(variants, round)) {
      const measured = await measure(variant, round, durationSeconds);
      const reason = refusalOf(measured);
      if (reason !== undefined) return refused(plan, variant, round, reason, measured);
      measurements.push({ variant, round, ...measured.figures });
    }
    await plan.onRound?.([...measurements]);
  }
  signal?.throwIfAborted();
  return { kind: 'measured', measurements };
}

function refused(
  { title, options, server, path }: RoundsPlan,
  variant: string,
  round: number,
  reason: string,
  { figures: { failures }, serverError }: Measured,
): BenchRefused {
  const what = { variant, round, reason, failures, serverError, path };
  return { kind: 'refused', title, options, server, ...what };
}
