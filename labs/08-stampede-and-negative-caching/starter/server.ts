/*
 * Lab 8, exercise C1: a cache that holds on its worst day.
 *
 * Today this is plain cache-aside. Change it in this file:
 *
 * - Single flight: of the requests that miss the same subject at the same time, one asks the
 *   origin, and all are answered from what it said. Nobody waits for another subject. Where that
 *   one call fails, they are answered with a 5xx, and the next request asks again.
 * - A 404 is kept, too, for CACHE_NEGATIVE_TTL_S. When a POST has created the subject (201), its
 *   404 is forgotten, and nothing else is.
 * - Where CACHE_GRACE_S is set and the origin fails, statistics (status 200) that expired less than
 *   CACHE_GRACE_S seconds ago are served once more, with a log record
 *   `request.log.warn({ event: 'stale' }, '...')`. The origin is asked first, each time: once it is
 *   well, the next answer is new. In all other cases, an expired answer is not used.
 * - Subjects can have names like `constructor`.
 * - With CACHE_BACKEND=none, each request goes to the origin, as today.
 *
 * Nobody measures how fast it is: what counts is which requests reach the origin, and what they
 * are answered.
 *
 * Check: course-labs check-answer 8 C1     Try by hand: course-labs serve 8 --mine
 */
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { requireStaff } from './staff.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const negativeTtlMs = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30) * 1000;
/** 0 where it is not set. */
const graceMs = Number(process.env.CACHE_GRACE_S ?? 0) * 1000;

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new Map<string, Entry>();

/** `chess` and `Chess` are one subject. */
const keyOf = (name: string) => name.toLowerCase();

const app = createApp();
app.log.info({ backend, ttlMs, negativeTtlMs, graceMs }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const entry = entries.get(keyOf(name));
  if (entry && performance.now() < entry.endsAt) return entry.answer.body;

  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const answer = await askOrigin(path, request.id);
  if (backend === 'memory' && answer.status === 200) {
    entries.set(keyOf(name), { answer, endsAt: performance.now() + ttlMs });
  }
  return reply.code(answer.status).send(answer.body);
});

app.post<{ Body: { name?: unknown } }>(
  '/api/v1/subjects/',
  { preHandler: requireStaff },
  async (request, reply) => {
    const { status, body } = await askOrigin('/subjects/', request.id, request.body ?? null);
    return reply.code(status).send(body);
  },
);

await start(app);
