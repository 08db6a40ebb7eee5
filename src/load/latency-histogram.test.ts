import { describe, expect, it } from 'vitest';
import { createLatencyHistogram, latencyOf, recordLatency } from './latency-histogram.ts';
import { LatencySeries } from './latency-series.ts';

const nothing = { meanMs: 0, p50Ms: 0, p90Ms: 0, p95Ms: 0, p99Ms: 0, maxMs: 0 };

function histogramOf(latenciesMs: readonly number[]) {
  const histogram = createLatencyHistogram();
  for (const latencyMs of latenciesMs) recordLatency(histogram, latencyMs);
  return histogram;
}

describe('latencyOf', () => {
  it('keeps fractions of a millisecond', () => {
    const hundredth = Array.from({ length: 100 }, (_, index) => (index + 1) / 100);
    expect(latencyOf(histogramOf(hundredth))).toEqual({
      meanMs: 0.505,
      p50Ms: 0.5,
      p90Ms: 0.9,
      p95Ms: 0.95,
      p99Ms: 0.99,
      maxMs: 1,
    });
  });

  it('is within 0.1 % for long latencies', () => {
    const { meanMs, p50Ms, maxMs } = latencyOf(histogramOf([11_234.567]));
    for (const value of [meanMs, p50Ms, maxMs]) {
      expect(Math.abs(value / 11_234.567 - 1)).toBeLessThan(0.001);
    }
  });

  it('is 0 throughout where nothing was measured', () => {
    expect(latencyOf(createLatencyHistogram())).toEqual(nothing);
  });
});

describe('LatencySeries', () => {
  it('gives percentiles of the whole, not the mean of percentiles', () => {
    const series = new LatencySeries();
    series.add('on', histogramOf(Array(90).fill(1)));
    series.add('on', histogramOf(Array(10).fill(2)));
    series.add('off', histogramOf([30]));
    expect(series.latency('on')).toEqual({
      meanMs: 1.1,
      p50Ms: 1,
      p90Ms: 1,
      p95Ms: 2,
      p99Ms: 2,
      maxMs: 2,
    });
    expect(series.latency('off').p50Ms).toBeCloseTo(30, 1);
  });

  it('knows nothing of an unknown series, and of any after a reset', () => {
    const series = new LatencySeries();
    series.add('on', histogramOf([1]));
    expect(series.latency('off')).toEqual(nothing);
    series.reset();
    expect(series.latency('on')).toEqual(nothing);
  });
});
