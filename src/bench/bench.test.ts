import { describe, expect, it } from 'vitest';
import type { BenchFigures } from '../kit/index.ts';
import { type BenchPlan, runBench } from './bench.ts';
import { latencyOfMs, measuredOf } from './figures.testing.ts';
import type { Measure } from './measured.ts';

function planOf(measure: Measure, change: Partial<BenchPlan> = {}): BenchPlan {
  return {
    title: 'GET /',
    server: 'demonstration',
    path: '/',
    variants: [
      { name: 'off', label: 'cache off' },
      { name: 'on', label: 'cache on' },
    ],
    options: { rounds: 3, durationSeconds: 1, connections: 20, warmUpSeconds: 1 },
    startAnew: async () => {},
    measure,
    load: { reset() {}, latency: async (series) => latencyOfMs(series === 'on' ? 0.5 : 30) },
    ...change,
  };
}

const eightTimes: Measure = async ({ variant, round = 0 }) =>
  measuredOf((variant === 'on' ? 800 : 100) * (round + 1));

describe('runBench', () => {
  it('reports what was measured, with the latency of the whole series', async () => {
    const calls: string[] = [];
    const load: BenchPlan['load'] = {
      reset: () => void calls.push('reset'),
      async latency(series) {
        calls.push(series);
        return latencyOfMs(series === 'on' ? 0.5 : 30);
      },
    };
    const report = (await runBench(planOf(eightTimes, { load }))) as BenchFigures;
    expect(report).toMatchObject({ kind: 'figures', title: 'GET /', server: 'demonstration' });
    expect(report.measurements).toHaveLength(6);
    expect(report.variants.map(({ latency }) => latency.p50Ms)).toEqual([30, 0.5]);
    expect(report.speedups[0]?.ratio).toBeCloseTo(8, 12);
    expect(calls).toEqual(['reset', 'off', 'on']);
  });

  it('reports after every round, with speed-ups from the second on', async () => {
    const saved: BenchFigures[] = [];
    await runBench(planOf(eightTimes, { onRound: (report) => void saved.push(report) }));
    expect(saved.map(({ measurements }) => measurements.length)).toEqual([2, 4, 6]);
    expect(saved.map(({ speedups }) => speedups.length)).toEqual([0, 1, 1]);
  });

  it('tells what was left out, with figures and without', async () => {
    const leftOut = [{ variant: 'redis', label: 'Redis', reason: 'It needs Redis.' }];
    expect(await runBench(planOf(eightTimes, { leftOut }))).toMatchObject({ leftOut });
    const fails: Measure = async () => measuredOf(0, { sent: 20 });
    expect(await runBench(planOf(fails, { leftOut }))).toMatchObject({ kind: 'refused', leftOut });
    expect(await runBench(planOf(eightTimes))).not.toHaveProperty('leftOut');
  });

  it('gives the refusal of a measurement that failed', async () => {
    const report = await runBench(planOf(async () => measuredOf(0, { sent: 20 })));
    expect(report).toMatchObject({
      kind: 'refused',
      variant: 'off',
      round: 0,
      reason: '0 of 20 requests were answered within 1 s.',
    });
  });
});
