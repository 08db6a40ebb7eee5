import { benchFigures } from './run-figures.ts';
import type { RunRecord } from './run-record.ts';

/**
 * The figures of a run's benchmark for a lesson's text: `{{on-throughput}}` is that of the variant `on`. Of each
 * variant: throughput (answers a second), mean-ms, p50-ms, p90-ms, p95-ms, p99-ms, max-ms, sent, answered,
 * origin-calls, hit-rate (per cent), log-bytes-per-request, sent-per-call (requests for each call to the origin), ceiling (what its mean
 * latency lets that many connections reach, in answers a second: Little's law, J. D. C. Little, 1961), and of those
 * that were compared with the baseline speedup, speedup-low and speedup-high. Beside them: connections, rounds and
 * seconds (of a round). Throws where there are no figures.
 */
export function benchValues(run: RunRecord, step: string): Record<string, string | number> {
  const { options, variants, speedups } = benchFigures(run, step);
  const values: Record<string, string | number> = {
    connections: options.connections,
    rounds: options.rounds,
    seconds: options.durationSeconds,
  };
  for (const { variant, latency, ...summary } of variants) {
    for (const name of ['mean', 'p50', 'p90', 'p95', 'p99', 'max'] as const) {
      values[`${variant}-${name}-ms`] = latency[`${name}Ms`];
    }
    values[`${variant}-throughput`] = Math.round(summary.throughput);
    values[`${variant}-sent`] = summary.sent;
    values[`${variant}-answered`] = summary.answered;
    values[`${variant}-origin-calls`] = summary.originCalls;
    values[`${variant}-hit-rate`] = (summary.hitRate * 100).toFixed(2);
    if (summary.logBytesPerRequest !== undefined) {
      values[`${variant}-log-bytes-per-request`] = Math.round(summary.logBytesPerRequest);
    }
    values[`${variant}-sent-per-call`] = Math.round(
      summary.sent / Math.max(1, summary.originCalls),
    );
    values[`${variant}-ceiling`] = Math.round(options.connections / (latency.meanMs / 1000));
  }
  for (const { variant, ratio, interval } of speedups) {
    values[`${variant}-speedup`] = ratio;
    values[`${variant}-speedup-low`] = interval.low;
    values[`${variant}-speedup-high`] = interval.high;
  }
  return values;
}
