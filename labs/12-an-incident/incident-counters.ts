import { instances, lengthMs, type Plan, timeOf } from './incident-plan.ts';
import type { Served } from './incident-play.ts';

const windowMs = 5_000;

/** What the cache counts: of every five seconds one line for each instance, written at their end. */
export function counterLines(plan: Plan, served: readonly Served[]): string[] {
  const windows = Array.from({ length: lengthMs / windowMs }, (_, index) => index * windowMs);
  return windows.flatMap((startMs) => {
    const isIn = (atMs: number) => atMs >= startMs && atMs < startMs + windowMs;
    const within = served.filter(({ endMs }) => isIn(endMs));
    const entries = within.at(-1)?.entries ?? 0;
    return instances.map((instance) => {
      const own = within.filter(({ request }) => request.instance === instance);
      const count = (outcome: Served['cache']) =>
        own.filter(({ cache }) => cache === outcome).length;
      const calls = served.filter(
        ({ call, request }) => call && request.instance === instance && isIn(call.atMs),
      ).length;
      return JSON.stringify({
        time: timeOf(plan, startMs + windowMs),
        instance,
        hits: count('hit'),
        misses: count('miss'),
        originCalls: calls,
        entries,
      });
    });
  });
}
