import type { Latency, LoadFailures, Measurement } from '../kit/index.ts';
import type { Measured } from './measured.ts';

export const noFailures: LoadFailures = {
  non2xx: 0,
  errors: 0,
  timeouts: 0,
  mismatches: 0,
  lost: 0,
};

export function latencyOfMs(ms: number): Latency {
  return { meanMs: ms, p50Ms: ms, p90Ms: ms, p95Ms: ms, p99Ms: ms, maxMs: ms };
}

/** A measurement of one second in which nothing failed. */
export function figuresOf(
  answered: number,
  change: Partial<Measurement> = {},
): Measured['figures'] {
  return {
    durationSeconds: 1,
    sent: answered,
    answered,
    throughput: answered,
    latency: latencyOfMs(1),
    originCalls: 0,
    cpuMs: 100,
    memoryBytes: 1000,
    failures: noFailures,
    ...change,
  };
}

export function measuredOf(answered: number, change: Partial<Measurement> = {}): Measured {
  const statuses = answered === 0 ? {} : { 200: answered };
  return { figures: figuresOf(answered, change), statuses, serverError: undefined };
}
