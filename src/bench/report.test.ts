import { describe, expect, it } from 'vitest';
import type { Measurement } from '../kit/index.ts';
import { figuresOf, latencyOfMs } from './figures.testing.ts';
import { benchFigures, type ReportInput } from './report.ts';

function measurement(
  variant: string,
  round: number,
  answered: number,
  change: Partial<Measurement> = {},
): Measurement {
  return { variant, round, ...figuresOf(answered, change) };
}

function reportOf(measurements: readonly Measurement[]) {
  const input: ReportInput = {
    title: 'GET /',
    server: 'demonstration',
    options: { rounds: 3, durationSeconds: 1, connections: 20, warmUpSeconds: 1 },
    variants: [
      { name: 'off', label: 'cache off' },
      { name: 'on', label: 'cache on' },
    ],
    measurements,
    latency: new Map([
      ['off', latencyOfMs(31.2)],
      ['on', latencyOfMs(0.61)],
    ]),
  };
  return benchFigures(input);
}

describe('benchFigures', () => {
  it('sums a variant up over all rounds', () => {
    const { variants } = reportOf([
      measurement('off', 0, 100, { sent: 120, originCalls: 120, cpuMs: 30, memoryBytes: 71 }),
      measurement('on', 0, 900, { originCalls: 1 }),
      measurement('on', 1, 1000, { originCalls: 1 }),
      measurement('off', 1, 200, {
        sent: 220,
        durationSeconds: 2,
        throughput: 100,
        originCalls: 211,
        cpuMs: 60,
        memoryBytes: 70,
      }),
    ]);
    const off = variants[0];
    expect(off).toEqual({
      variant: 'off',
      label: 'cache off',
      // 300 answers in 3 s
      throughput: 100,
      latency: latencyOfMs(31.2),
      sent: 340,
      answered: 300,
      originCalls: 331,
      hitRate: 1 - 331 / 340,
      // 90 ms for 300 answers
      cpuMsPer1000Requests: 300,
      memoryBytes: 71,
      failed: 0,
    });
    expect(variants[1]).toMatchObject({ label: 'cache on', throughput: 950 });
    expect(variants[1]?.hitRate).toBeCloseTo(1 - 2 / 1900, 12);
  });

  it('keeps the hit rate within 0 and 1 where the origin was asked more often than the server', () => {
    const { variants } = reportOf([
      measurement('off', 0, 100, { sent: 100, originCalls: 205 }),
      measurement('on', 0, 100, { originCalls: 0 }),
    ]);
    expect(variants.map(({ hitRate }) => hitRate)).toEqual([0, 1]);
  });

  it('says that it does not know, never 0, where the system does not tell', () => {
    const unknown = { cpuMs: undefined, memoryBytes: undefined };
    const { variants } = reportOf([
      measurement('off', 0, 100, unknown),
      measurement('off', 1, 100),
      measurement('on', 0, 100),
      measurement('on', 1, 100),
    ]);
    expect(variants[0]).toMatchObject({ cpuMsPer1000Requests: undefined, memoryBytes: undefined });
    expect(variants[1]).toMatchObject({ cpuMsPer1000Requests: 1000, memoryBytes: 1000 });
  });

  it('pairs throughputs by round, whatever the order', () => {
    const { speedups } = reportOf([
      measurement('off', 0, 100),
      measurement('on', 0, 200),
      measurement('on', 1, 1200),
      measurement('off', 1, 300),
      measurement('off', 2, 50),
      measurement('on', 2, 400),
    ]);
    expect(speedups).toHaveLength(1);
    // 2, 4 and 8: as worked out in statistics.test.ts.
    expect(speedups[0]).toMatchObject({ variant: 'on', baseline: 'off', differs: false });
    expect(speedups[0]?.ratio).toBeCloseTo(4, 12);
    expect(speedups[0]?.interval.low).toBeCloseTo(0.7149, 3);
  });

  it('has no speed-up after one round', () => {
    expect(reportOf([measurement('off', 0, 1), measurement('on', 0, 2)]).speedups).toEqual([]);
  });
});
