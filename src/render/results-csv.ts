import type { BenchFigures, BenchReport, VariantSummary } from '../kit/index.ts';
import { csvLine } from './csv.ts';

/** A stored benchmark, as a spreadsheet takes it. */
export interface CsvResult {
  lab: number;
  run: number;
  /** ISO 8601. */
  startedAt: string;
  step: string;
  report: BenchReport;
  /** Where it was measured; undefined in runs of earlier versions. */
  machine?: string | undefined;
}

type Column = readonly [
  name: string,
  value: (variant: VariantSummary, report: BenchFigures) => string | number | undefined,
];

const columns: readonly Column[] = [
  ['variant', ({ variant }) => variant],
  ['throughput_rps', ({ throughput }) => throughput],
  ['speedup', (variant, report) => speedupOf(variant, report)?.ratio],
  ['speedup_low', (variant, report) => speedupOf(variant, report)?.interval.low],
  ['speedup_high', (variant, report) => speedupOf(variant, report)?.interval.high],
  ['mean_ms', ({ latency }) => latency.meanMs],
  ['p50_ms', ({ latency }) => latency.p50Ms],
  ['p90_ms', ({ latency }) => latency.p90Ms],
  ['p95_ms', ({ latency }) => latency.p95Ms],
  ['p99_ms', ({ latency }) => latency.p99Ms],
  ['max_ms', ({ latency }) => latency.maxMs],
  ['sent', ({ sent }) => sent],
  ['answered', ({ answered }) => answered],
  ['failed', ({ failed }) => failed],
  ['origin_calls', ({ originCalls }) => originCalls],
  ['hit_rate', ({ hitRate }) => hitRate],
  ['cpu_ms_per_1000_requests', ({ cpuMsPer1000Requests }) => cpuMsPer1000Requests],
  ['memory_bytes', ({ memoryBytes }) => memoryBytes],
  ['log_bytes_per_request', ({ logBytesPerRequest }) => logBytesPerRequest],
  ['connections', (_, { options }) => options.connections],
  ['rounds', (_, { options }) => options.rounds],
  ['round_seconds', (_, { options }) => options.durationSeconds],
];

/**
 * A line for each variant of each benchmark, after a line of names that hold the units; what a system did not tell is
 * empty. Benchmarks whose figures were refused have none. RFC 4180, with newlines alone at the ends.
 */
export function renderResultsCsv(results: readonly CsvResult[]): string {
  const lines = results.flatMap(({ lab, run, startedAt, step, report, machine }) =>
    report.kind === 'refused'
      ? []
      : report.variants.map((variant) => [
          lab,
          run,
          startedAt,
          step,
          report.server,
          ...columns.map(([, value]) => value(variant, report)),
          machine,
        ]),
  );
  const heading = [
    'lab',
    'run',
    'started_at',
    'step',
    'server',
    ...columns.map(([name]) => name),
    'machine',
  ];
  return [heading, ...lines].map(csvLine).join('\n');
}

function speedupOf({ variant }: VariantSummary, { speedups }: BenchFigures) {
  return speedups.find((speedup) => speedup.variant === variant);
}
