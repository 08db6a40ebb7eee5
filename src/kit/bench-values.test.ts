import { expect, it } from 'vitest';
import type { BenchFigures } from './bench-report.ts';
import { benchValues } from './bench-values.ts';
import type { RunRecord } from './run-record.ts';

const bench: BenchFigures = {
  kind: 'figures',
  title: 'GET /',
  options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
  server: 'demonstration',
  variants: [
    {
      variant: 'on',
      label: 'cache on',
      throughput: 28_912.4,
      latency: { meanMs: 0.7, p50Ms: 0.61, p90Ms: 0.9, p95Ms: 1.02, p99Ms: 1.9, maxMs: 48.1 },
      sent: 289_140,
      answered: 289_124,
      originCalls: 60,
      hitRate: 0.99979,
      cpuMsPer1000Requests: undefined,
      memoryBytes: undefined,
      failed: 0,
    },
  ],
  speedups: [
    {
      variant: 'on',
      baseline: 'off',
      ratio: 45.8,
      interval: { low: 43.9, high: 47.8, level: 0.95 },
      differs: true,
    },
  ],
  measurements: [],
};

const run: RunRecord = {
  id: 1,
  lab: 1,
  seed: 1,
  predictions: {},
  benches: { bench },
  experiments: {},
};

it('names each figure by its variant', () => {
  expect(benchValues(run, 'bench')).toEqual({
    connections: 20,
    rounds: 5,
    seconds: 2,
    'on-mean-ms': 0.7,
    'on-p50-ms': 0.61,
    'on-p90-ms': 0.9,
    'on-p95-ms': 1.02,
    'on-p99-ms': 1.9,
    'on-max-ms': 48.1,
    'on-throughput': 28_912,
    'on-sent': 289_140,
    'on-answered': 289_124,
    'on-origin-calls': 60,
    'on-hit-rate': '99.98',
    'on-sent-per-call': 4819,
    'on-ceiling': 28_571,
    'on-speedup': 45.8,
    'on-speedup-low': 43.9,
    'on-speedup-high': 47.8,
  });
});
