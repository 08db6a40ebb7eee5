import type { Result } from 'autocannon';
import type { Latency } from '../kit/index.ts';
import type { LoadResult } from './job.ts';

/** What of autocannon's totals is used. */
export type LoadTotals = Pick<Result, 'errors' | 'timeouts' | 'mismatches' | 'statusCodeStats'> & {
  requests: { sent: number };
};

/** Reads a run's totals. `seconds` must be more than 0 where anything was answered. */
export function loadResult(
  totals: LoadTotals,
  connections: number,
  seconds: number,
  latency: Latency,
): LoadResult {
  const { sent } = totals.requests;
  const statuses: Record<string, number> = {};
  let all = 0;
  let answered = 0;
  for (const [status, { count = 0 }] of Object.entries(totals.statusCodeStats ?? {})) {
    statuses[status] = count;
    all += count;
    if (status.startsWith('2')) answered += count;
  }
  return {
    sent,
    answered,
    seconds,
    throughput: answered === 0 ? 0 : answered / seconds,
    latency,
    statuses,
    failures: {
      non2xx: all - answered,
      // autocannon counts a request that timed out as an error too.
      errors: totals.errors - totals.timeouts,
      timeouts: totals.timeouts,
      mismatches: totals.mismatches,
      // At the stop each connection has one request in flight. Whatever else was sent and came to nothing was
      // dropped without an error: the server closed the connection.
      lost: Math.max(0, sent - all - totals.errors - connections),
    },
  };
}
