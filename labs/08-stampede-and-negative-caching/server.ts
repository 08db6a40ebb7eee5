/*
 * The demonstration server of lab 8: plain cache-aside, right on every ordinary day.
 *
 * Its weaknesses are what the lab shows: at an expiry everybody who asks calls the origin, what
 * does not exist is never found in the cache, and a failing origin gets the whole crowd.
 * `repaired.ts` has none of the three.
 */
// The same files that learners are given.
import { createApp, start } from './starter/app.ts';
import { askOrigin, type OriginAnswer } from './starter/origin.ts';
import { requireStaff } from './starter/staff.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new Map<string, Entry>();

/** `chess` and `Chess` are one subject. */
const keyOf = (name: string) => name.toLowerCase();

const app = createApp();
app.log.info({ backend, ttlMs }, 'cache settings');

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
