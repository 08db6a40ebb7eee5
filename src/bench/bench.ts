import type { BenchFigures, BenchOptions, BenchReport, Measurement } from '../kit/index.ts';
import type { Load } from '../load/client.ts';
import type { Measure } from './measured.ts';
import { benchFigures } from './report.ts';
import { type BenchProgress, runRounds } from './rounds.ts';

/** What a benchmark needs. */
export interface BenchPlan {
  title: string;
  server: BenchReport['server'];
  /** The first request of the load, told when a run is refused. */
  path: string;
  /** The first is the baseline. */
  variants: readonly { name: string; label: string }[];
  /** Variants that this machine lacks something for: told with the figures. */
  leftOut?: BenchReport['leftOut'];
  options: BenchOptions;
  /** Gives every variant a server that nothing was sent to; called before each round. */
  startAnew(): Promise<void>;
  measure: Measure;
  /** Where `measure` adds the latencies up, by the variant's name. */
  load: Pick<Load, 'latency' | 'reset'>;
  onProgress?: (progress: BenchProgress) => void;
  /** Called after every round with the report until then, to be saved: without speed-ups after the first round. */
  onRound?: (report: BenchFigures) => void | Promise<void>;
  signal?: AbortSignal;
}

/** Measures all variants against each other. Rejects with the signal's reason when the signal fires. */
export async function runBench(plan: BenchPlan): Promise<BenchReport> {
  const { title, server, options, variants, leftOut, load, onRound } = plan;
  load.reset();

  async function report(measurements: readonly Measurement[]): Promise<BenchFigures> {
    const names = variants.map(({ name }) => name);
    const latency = new Map(
      await Promise.all(names.map(async (name) => [name, await load.latency(name)] as const)),
    );
    return {
      ...benchFigures({ title, options, server, variants, measurements, latency }),
      ...(leftOut && { leftOut }),
    };
  }

  const result = await runRounds({
    ...plan,
    variants: variants.map(({ name }) => name),
    onRound: async (measurements) => onRound?.(await report(measurements)),
  });
  if (result.kind === 'measured') return report(result.measurements);
  return { ...result, ...(leftOut && { leftOut }) };
}
