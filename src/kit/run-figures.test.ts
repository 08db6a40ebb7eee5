import { expect, it } from 'vitest';
import type { BenchReport } from './bench-report.ts';
import { benchFigures, experimentData, variantFigures } from './run-figures.ts';
import type { RunRecord } from './run-record.ts';

const refused: BenchReport = {
  kind: 'refused',
  title: 'GET /',
  options: { rounds: 1, durationSeconds: 1, connections: 1, warmUpSeconds: 0 },
  server: 'demonstration',
  variant: 'on',
  round: 0,
  reason: '1 of 2 answers were 500',
  failures: { non2xx: 1, errors: 0, timeouts: 0, mismatches: 0, lost: 0 },
  serverError: undefined,
  path: '/',
};
const run: RunRecord = {
  id: 4,
  lab: 1,
  seed: 1,
  predictions: {},
  benches: {
    refused,
    empty: { ...refused, kind: 'figures', variants: [], speedups: [], measurements: [] },
  },
  experiments: { 'by-hand': { exhibit: { kind: 'timeline', moments: [] }, data: { calls: 3 } } },
};

it('gives what a step left', () => {
  expect(benchFigures(run, 'empty').variants).toEqual([]);
  expect(experimentData<{ calls: number }>(run, 'by-hand').calls).toBe(3);
});

it('throws where a step left nothing, and says which', () => {
  expect(() => benchFigures(run, 'bench')).toThrow('run 4 has no figures of bench');
  expect(() => benchFigures(run, 'refused')).toThrow('run 4 has no figures of refused');
  expect(() => variantFigures(run, 'empty', 'on')).toThrow('run 4 has no variant on in empty');
  expect(() => experimentData(run, 'storm')).toThrow('run 4 has no experiment storm');
});
