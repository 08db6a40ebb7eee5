import { describe, expect, it } from 'vitest';
import { estimateMedian } from './median-interval.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1).toReversed();

describe('estimateMedian', () => {
  it('needs six values: all six heads, or none, have 2/64', () => {
    expect(estimateMedian(upTo(5))).toBeUndefined();
    expect(estimateMedian(upTo(6))).toEqual({ value: 3.5, low: 1, high: 6 });
  });

  it('leaves out as many as a coin does', () => {
    // Nine throws: 1 + 9 of 512 are 2.0 % with one head at most; two at most have 9 %.
    expect(estimateMedian(upTo(9))).toEqual({ value: 5, low: 2, high: 8 });
    // As in tables of the sign test.
    expect(estimateMedian(upTo(100))).toEqual({ value: 50.5, low: 40, high: 61 });
  });
});
