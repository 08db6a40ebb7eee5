import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Latency } from '../kit/index.ts';

/**
 * Latencies in whole microseconds. HDR histogram with three significant digits: a value, a percentile or the
 * mean is off by at most 0.1 %, so neither mean nor maximum need be kept apart.
 */
export function createLatencyHistogram(): RecordableHistogram {
  return createHistogram({ figures: 3 });
}

/** Adds one latency. The histogram takes whole numbers from 1, so less than half a microsecond counts as one. */
export function recordLatency(histogram: RecordableHistogram, latencyMs: number): void {
  histogram.record(Math.max(1, Math.round(latencyMs * 1000)));
}

/** All 0 for a histogram without values. */
export function latencyOf(histogram: RecordableHistogram): Latency {
  // An empty histogram says NaN for the mean, which JSON would turn into null.
  if (histogram.count === 0) {
    return { meanMs: 0, p50Ms: 0, p90Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 };
  }
  const percentileMs = (percent: number) => histogram.percentile(percent) / 1000;
  return {
    meanMs: histogram.mean / 1000,
    p50Ms: percentileMs(50),
    p90Ms: percentileMs(90),
    p95Ms: percentileMs(95),
    p99Ms: percentileMs(99),
    maxMs: histogram.max / 1000,
  };
}
