import { type Plan, timeOf } from './incident-plan.ts';
import type { Served } from './incident-play.ts';

/** The access log's line about one answer. Nothing of it is dropped: it has a file of its own. */
export function accessLine(plan: Plan, served: Served): string {
  const { request, reqId, endMs, status, cache, content, bytes } = served;
  return JSON.stringify({
    level: 30,
    time: timeOf(plan, endMs),
    instance: request.instance,
    reqId,
    method: request.method,
    path: request.path,
    status,
    userId: request.userId,
    cache,
    etag: content?.etag,
    bytes,
    ms: endMs - request.atMs,
    msg: 'answered',
  });
}
