import { describe, expect, it } from 'vitest';
import { benchmarksOf, type Entry, rowOfSeries, spread, trueRatio } from './benchmark-series.ts';
import { baseSteps, stepsFor } from './known-slowness.ts';

const equal = { name: 'equal', slower: 0, every: 1 } as const;
const slow = { name: 'slow', slower: 5, every: 3 } as const;
const times = (count: number, entry: Entry) => Array<Entry>(count).fill(entry);
const benchmark = (series: string, low: number, high: number): Entry => {
  const ratio = Math.sqrt(low * high);
  const throughputs = [
    [1, 1, 1],
    [1, 1, 1],
  ];
  return { kind: 'benchmark', series, ratio, low, high, throughputs };
};

describe('rowOfSeries', () => {
  it('holds equal variants to 90 of 100', () => {
    const same = benchmark('equal', 0.98, 1.03);
    const other = [benchmark('equal', 0.9, 0.99), benchmark('equal', 1.01, 1.1)];
    const some = times(8, benchmark('equal', 1.02, 1.03));
    const row = rowOfSeries(equal, [
      ...times(90, same),
      ...other,
      ...some,
      benchmark('slow', 2, 3),
    ]);
    expect(row.figure).toMatch(
      /^no difference shown: 90 of 100 \(82 to 95 %\); median ratio 1.005/,
    );
    expect(row).toMatchObject({ within: true });
    expect(row.against).toContain('taken for slower 1, for faster 9');
    const fewer = [...times(89, same), ...times(11, other[0] as Entry)];
    expect(rowOfSeries(equal, fewer).within).toBe(false);
  });

  it('lets chance alone not miss the goal where there are few', () => {
    const other = benchmark('equal', 1.01, 1.1);
    expect(rowOfSeries(equal, []).within).toBe(true);
    expect(rowOfSeries(equal, [other]).within).toBe(true);
    // Both of two, with a true share of 90 %, have 1 %.
    expect(rowOfSeries(equal, [other, other]).within).toBe(false);
  });

  it('tells how many saw the slow-down, and how many hold the true ratio', () => {
    const looks = [0.94, 0.95, 0.96, 0.97, 0.93, 0.95].map((share): Entry => {
      const all = { 0: 1000, 5: 1000 * share, 10: 900, 20: 800 };
      const cpuMs = { 0: 100, 5: 105, 10: 111, 20: 125 };
      return { kind: 'verification', throughput: all, cpuMs };
    });
    expect(trueRatio(5, looks)).toEqual({ value: 0.95, low: 0.93, high: 0.97 });
    expect(trueRatio(5, looks.slice(1))).toBeUndefined();
    const row = rowOfSeries(slow, [
      ...looks,
      ...times(3, benchmark('slow', 0.93, 0.98)),
      benchmark('slow', 0.93, 1.01),
      benchmark('slow', 0.91, 0.94),
      { kind: 'refused', series: 'slow', reason: 'no' },
    ]);
    expect(row.figure).toMatch(/^seen: 4 of 5 /);
    expect(row.against).toBe(
      'truly 0.950 (0.930 to 0.970; by CPU time 0.952), held by 4 intervals; taken for faster 0; refused 1',
    );
  });
});

describe('spread', () => {
  // Logarithms of the ratios: three times -0.02 and 0.02; their variance is 6 · 0.0004 / 5.
  const ratios = [-0.02, 0.02, -0.02, 0.02, -0.02, 0.02];
  // Half of an interval of three rounds is 4.303 standard errors.
  const withErrors = (error: number) =>
    ratios.map((log) =>
      benchmark('equal', Math.exp(log - 4.30265 * error), Math.exp(log + 4.30265 * error)),
    );

  it('compares what was seen with what the intervals say', () => {
    const error = Math.sqrt(0.00048);
    expect(spread(benchmarksOf(equal, withErrors(error)))).toBeCloseTo(1, 4);
    expect(spread(benchmarksOf(equal, withErrors(error / 2)))).toBeCloseTo(2, 4);
  });

  it('says nothing of a few', () => {
    expect(spread(benchmarksOf(equal, withErrors(0.01).slice(1)))).toBeUndefined();
  });
});

describe('stepsFor', () => {
  it('is worked out by hand where all else costs as much as the steps', () => {
    // Twice the steps: 3 in place of 2. 0.8 of the throughput: a cost of 2.5, of which 1.5 are steps.
    expect(stepsFor(2 / 3)).toMatchObject({ 0: baseSteps, 20: 1.5 * baseSteps });
    expect(stepsFor(0.5)).toMatchObject({ 10: Math.round(baseSteps / 0.9) });
    expect(stepsFor(0.3)).toEqual(stepsFor(0.5));
    expect(stepsFor(1.2)).toEqual(stepsFor(0.75));
  });
});
