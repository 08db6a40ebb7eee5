import { describe, expect, it } from 'vitest';
import { loadResult } from './load-result.ts';

const latency = { meanMs: 1, p50Ms: 1, p90Ms: 1, p95Ms: 1, p99Ms: 1, maxMs: 1 };
const clean = { errors: 0, timeouts: 0, mismatches: 0 };

describe('loadResult', () => {
  it('counts answers of 2xx only, over our own seconds', () => {
    const totals = {
      ...clean,
      requests: { sent: 120 },
      statusCodeStats: {
        200: { count: 80 },
        201: { count: 10 },
        302: { count: 4 },
        500: { count: 6 },
      },
    };
    expect(loadResult(totals, 20, 2.5, latency)).toEqual({
      sent: 120,
      answered: 90,
      seconds: 2.5,
      throughput: 36,
      latency,
      statuses: { 200: 80, 201: 10, 302: 4, 500: 6 },
      failures: { non2xx: 10, errors: 0, timeouts: 0, mismatches: 0, lost: 0 },
    });
  });

  it('tells broken connections, time-outs and lost requests apart', () => {
    const totals = {
      errors: 7,
      timeouts: 3,
      mismatches: 2,
      requests: { sent: 132 },
      statusCodeStats: { 200: { count: 100 } },
    };
    // 132 sent - 100 answered - 7 failed - 20 in flight
    expect(loadResult(totals, 20, 1, latency).failures).toEqual({
      non2xx: 0,
      errors: 4,
      timeouts: 3,
      mismatches: 2,
      lost: 5,
    });
  });

  it('has no throughput where nothing was answered, even in no time', () => {
    const result = loadResult({ ...clean, requests: { sent: 20 } }, 20, 0, latency);
    expect(result).toMatchObject({ answered: 0, throughput: 0, statuses: {} });
  });
});
