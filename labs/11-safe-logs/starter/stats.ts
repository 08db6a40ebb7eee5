/*
 * Given: the statistics of a subject, which anyone may see, kept in memory for CACHE_TTL_S seconds.
 * Nothing here needs to change.
 */
import type { App } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

const entries = new Map<string, { answer: OriginAnswer; endsAt: number }>();

/** The statistics from memory, or from the origin. */
export async function statsOf(name: string, requestId: string): Promise<OriginAnswer> {
  const key = name.toLowerCase();
  const entry = entries.get(key);
  if (entry && performance.now() < entry.endsAt) return entry.answer;
  const answer = await askOrigin(`/subjects/${encodeURIComponent(name)}/stats/`, requestId);
  if (backend === 'memory' && answer.status === 200) {
    entries.set(key, { answer, endsAt: performance.now() + ttlMs });
  }
  return answer;
}

/** Adds the route. */
export function addStats(app: App): void {
  app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
    const { status, body } = await statsOf(request.params.name, request.id);
    return reply.code(status).send(body);
  });
}
