import type { Request } from 'autocannon';
import type { LoadRequest } from '../kit/index.ts';

/**
 * What one connection sends, in turn. All would start with the first request and go on in step, so that a cache would meet
 * each key in bursts: therefore each connection (counted from 0) starts one further on.
 */
export function requestsFrom(requests: readonly LoadRequest[], connection: number): Request[] {
  const start = connection % requests.length;
  return [...requests.slice(start), ...requests.slice(0, start)].map((request) => ({
    ...request,
  })) as Request[];
}
