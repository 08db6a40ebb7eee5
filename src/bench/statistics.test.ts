import { describe, expect, it } from 'vitest';
import { estimateRatio } from './statistics.ts';
import { studentT } from './student-t.ts';

describe('studentT', () => {
  // Abramowitz and Stegun, table 26.10, and the closed forms for 1 and 2 degrees.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [10, 2.228],
    [29, 2.045],
    [30, 2.042],
    [60, 2.0],
    [120, 1.98],
  ])('is right for %i degrees of freedom', (degrees, table) => {
    expect(studentT(degrees, 0.95)).toBeCloseTo(table, 3);
  });

  it('is exact where a closed form is known', () => {
    expect(studentT(1, 0.95)).toBeCloseTo(Math.tan((0.95 * Math.PI) / 2), 9);
    expect(studentT(2, 0.95)).toBeCloseTo(0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 9);
    expect(studentT(4, 0.99)).toBeCloseTo(4.604, 3);
  });
});

describe('estimateRatio', () => {
  it('comes to the numbers worked out by hand for 2, 4 and 8', () => {
    // Logs to base 2: 1, 2, 3. Mean 2, standard deviation 1, t(2) = 4.30265: half the interval is 4.30265 / √3.
    const { ratio, interval, differs } = estimateRatio([2, 4, 8]);
    expect(ratio).toBeCloseTo(4, 12);
    const half = 2 ** (4.30265273 / Math.sqrt(3));
    expect(interval.low).toBeCloseTo(4 / half, 6);
    expect(interval.high).toBeCloseTo(4 * half, 6);
    expect(interval.level).toBe(0.95);
    // 4 / 5.595 is 0.715: three rounds that vary so much show nothing.
    expect(differs).toBe(false);
  });

  it('tells a difference when the interval does not hold 1, upwards and downwards', () => {
    // Logs to base 2: 0.9, 1, 1.1. Half: 0.1 × 4.303 / √3 = 0.2484; from 2^0.7516 to 2^1.2484.
    const up = [2 ** 0.9, 2, 2 ** 1.1];
    expect(estimateRatio(up)).toMatchObject({ differs: true });
    expect(estimateRatio(up).interval.low).toBeCloseTo(1.6836, 3);
    expect(estimateRatio(up).interval.high).toBeCloseTo(2.3758, 3);
    const down = estimateRatio(up.map((ratio) => 1 / ratio));
    expect(down.differs).toBe(true);
    expect(down.ratio).toBeCloseTo(0.5, 12);
    expect(down.interval.low).toBeCloseTo(1 / 2.3758, 3);
  });

  it('takes double and half for no difference', () => {
    const { ratio, differs } = estimateRatio([2, 0.5]);
    expect(ratio).toBeCloseTo(1, 12);
    expect(differs).toBe(false);
  });

  it('takes equal samples for certain', () => {
    expect(estimateRatio([1, 1, 1])).toMatchObject({ ratio: 1, differs: false });
    const { interval, differs } = estimateRatio([3, 3, 3]);
    expect(interval.low).toBeCloseTo(3, 12);
    expect(interval.high).toBeCloseTo(3, 12);
    expect(differs).toBe(true);
  });

  it('refuses fewer than two samples, and ratios that are none', () => {
    expect(() => estimateRatio([2])).toThrow(RangeError);
    expect(() => estimateRatio([2, 0])).toThrow(RangeError);
    expect(() => estimateRatio([2, Number.NaN])).toThrow(RangeError);
  });
});
