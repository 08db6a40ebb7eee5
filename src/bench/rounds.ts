import type { BenchOptions, BenchRefused, Measurement } from '../kit/index.ts';
import type { Measure, Measured } from './measured.ts';
import { refusalOf } from './refusal.ts';
import { roundOrder } from './round-order.ts';

/** What is being measured, said before each warm-up and each measurement. */
export interface BenchProgress {
  variant: string;
  /** Counted from 0, its own warm-ups included; undefined before the first. */
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
  /** Gives every variant a server that nothing was sent to; called before each round. */
  startAnew(): Promise<void>;
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
 * Measures each variant in every round, in an order that alternates, each time on a server that was started for it and
 * warmed up; a round of nothing but warm-ups comes first. Two starts of one program are not equally fast (memory,
 * compiled code): with the same servers in all rounds that would look like a difference between the variants, and no
 * round would show how uncertain it is. The advice is that of Kalibera and Jones, "Rigorous benchmarking in reasonable
 * time" (2013): repeat what varies. The figures of warm-ups are thrown away, failures too: what is broken shows in the
 * rounds as well. Rejects with the signal's reason when the signal fires.
 */
export async function runRounds(plan: RoundsPlan): Promise<RoundsResult> {
  const { variants, options, signal } = plan;
  const { rounds, connections, durationSeconds, warmUpSeconds } = options;
  const totalSeconds =
    variants.length * (warmUpSeconds + rounds * (warmUpSeconds + durationSeconds));
  let doneSeconds = 0;

  /** @param round undefined before the first; `counted`: else it is a warm-up */
  const measure = async (variant: string, round: number | undefined, counted: boolean) => {
    signal?.throwIfAborted();
    const fraction = doneSeconds / totalSeconds;
    plan.onProgress?.({ variant, round, rounds, fraction });
    const seconds = counted ? durationSeconds : warmUpSeconds;
    const request = { variant, durationSeconds: seconds, connections };
    const measured = await plan.measure({ ...request, round: counted ? round : undefined }, signal);
    doneSeconds += seconds;
    return measured;
  };
  const warmUp = async (variant: string, round?: number) => {
    if (warmUpSeconds > 0) await measure(variant, round, false);
  };

  // The load must be warm as well: without this the very first measurement is the slowest.
  await plan.startAnew();
  for (const variant of variants) await warmUp(variant);
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    signal?.throwIfAborted();
    await plan.startAnew();
    for (const variant of roundOrder(variants, round)) {
      await warmUp(variant, round);
      const measured = await measure(variant, round, true);
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
