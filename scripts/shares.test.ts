import { describe, expect, it } from 'vitest';
import { probabilityUpTo, shareAtMost, shareInterval } from './shares.ts';

describe('shares', () => {
  it('adds up the binomial distribution', () => {
    // Four throws of a coin: 1, 4, 6, 4, 1 sixteenths.
    const sums = [0, 1, 2, 3, 4].map((hits) => probabilityUpTo(hits, 4, 0.5) * 16);
    for (const [index, sum] of [1, 5, 11, 15, 16].entries())
      expect(sums[index]).toBeCloseTo(sum, 9);
  });

  it('bounds what was never seen as worked out by hand', () => {
    // (1 - p)^n = 0.05.
    expect(shareAtMost(0, 3000)).toBeCloseTo(1 - 0.05 ** (1 / 3000), 12);
    expect(shareAtMost(0, 3000)).toBeLessThan(0.001);
    expect(shareAtMost(0, 2900)).toBeGreaterThan(0.001);
    expect(shareAtMost(5, 5)).toBe(1);
    expect(shareAtMost(0, 0)).toBe(1);
  });

  it('gives the exact interval', () => {
    const all = shareInterval(100, 100);
    expect(all.low).toBeCloseTo(0.025 ** (1 / 100), 9);
    expect(all.high).toBe(1);
    // Its bounds are, by definition, where the tails hold 2.5 % each.
    const { low, high } = shareInterval(90, 100);
    expect(probabilityUpTo(90, 100, high)).toBeCloseTo(0.025, 9);
    expect(1 - probabilityUpTo(89, 100, low)).toBeCloseTo(0.025, 9);
    expect(low).toBeCloseTo(0.8238, 4);
    expect(high).toBeCloseTo(0.951, 4);
    expect(shareInterval(0, 20).low).toBe(0);
  });
});
