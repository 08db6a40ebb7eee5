import type { CallFilter, Origin } from './origin.ts';
import type { Answer, ProbeRequest, Server } from './server.ts';

/** One answer and what it cost the origin. */
export interface CountedAnswer {
  /** As it came; whatever its status. */
  answer: Answer;
  /** Calls that reached the origin while the request was under way. */
  calls: number;
  /** From sending it to holding the whole answer. */
  latencyMs: number;
}

/** Asks once and counts the calls that match the filter; tells nothing where other requests run at the same time. */
export async function askCounted(
  origin: Pick<Origin, 'count'>,
  server: Pick<Server, 'request'>,
  request: ProbeRequest,
  filter?: CallFilter,
): Promise<CountedAnswer> {
  const before = await origin.count(filter);
  const answer = await server.request(request);
  const calls = (await origin.count(filter)) - before;
  return { answer, calls, latencyMs: answer.receivedAtMs - answer.sentAtMs };
}
