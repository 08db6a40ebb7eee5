import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { oneAtATime } from './mutex.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { requireStaff } from './staff.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const negativeTtlSeconds = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30);
const graceSeconds = Number(process.env.CACHE_GRACE_S ?? 0);

/** What may be served without asking. */
const fresh = new NodeCache({ useClones: false });
/** The same statistics, kept for longer by the grace time: what may be served when the origin fails. */
const spare = new NodeCache({ useClones: false });

const keyOf = (name: string) => `subject-stats:${name.toLowerCase()}`;
const statsPath = (name: string) => `/subjects/${encodeURIComponent(name)}/stats/`;

function keep(key: string, answer: OriginAnswer): void {
  if (answer.status === 404) {
    fresh.set(key, answer, negativeTtlSeconds);
    spare.del(key);
  }
  if (answer.status !== 200) return;
  fresh.set(key, answer, ttlSeconds);
  if (graceSeconds > 0) spare.set(key, answer, ttlSeconds + graceSeconds);
}

const app = createApp();
app.log.info({ backend, ttlSeconds, negativeTtlSeconds, graceSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const key = keyOf(name);

  const load = async (): Promise<OriginAnswer> => {
    // The second look: who waited for the mutex finds what the one before has kept.
    const kept = fresh.get<OriginAnswer>(key);
    if (kept !== undefined) return kept;
    try {
      const answer = await askOrigin(statsPath(name), request.id);
      keep(key, answer);
      return answer;
    } catch (err) {
      const expired = spare.get<OriginAnswer>(key);
      if (expired === undefined) throw err;
      request.log.warn({ event: 'stale', err }, 'the origin failed, so this one is old');
      return expired;
    }
  };

  const { status, body } =
    backend === 'memory'
      ? (fresh.get<OriginAnswer>(key) ?? (await oneAtATime(key, load)))
      : await askOrigin(statsPath(name), request.id);
  return reply.code(status).send(body);
});

app.post<{ Body: { name?: unknown } }>(
  '/api/v1/subjects/',
  { preHandler: requireStaff },
  async (request, reply) => {
    const { status, body } = await askOrigin('/subjects/', request.id, request.body ?? null);
    if (status === 201) {
      // In the same queue as the loads: one that still brings a 404 has ended before.
      const key = keyOf(String(request.body.name));
      await oneAtATime(key, async () => fresh.del(key));
    }
    return reply.code(status).send(body);
  },
);

await start(app);
