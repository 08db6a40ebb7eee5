import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { requireStaff } from './staff.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const negativeTtlMs = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30) * 1000;
const graceMs = Number(process.env.CACHE_GRACE_S ?? 0) * 1000;

interface Entry {
  /** What the origin said, or will say. */
  promise: Promise<OriginAnswer>;
  /** When it expires, in milliseconds of `performance.now()`: never, as long as it is awaited. */
  endsAt: number;
  /** Statistics that can stand in for it should it fail, and when they expired. */
  before: { answer: OriginAnswer; endedAt: number } | undefined;
}

const entries = new Map<string, Entry>();
const keyOf = (name: string) => name.toLowerCase();
const statsPath = (name: string) => `/subjects/${encodeURIComponent(name)}/stats/`;

/** Puts a promise in the place of whatever was there; takes it away again if it is rejected. */
function replace(key: string, ask: () => Promise<OriginAnswer>, before: Entry['before']): Entry {
  const entry: Entry = { promise: ask(), endsAt: Number.POSITIVE_INFINITY, before };
  entries.set(key, entry);
  entry.promise.then(
    (answer) => {
      const lifeMs = answer.status === 200 ? ttlMs : answer.status === 404 ? negativeTtlMs : 0;
      entry.endsAt = performance.now() + lifeMs;
      entry.before = answer.status === 200 ? { answer, endedAt: entry.endsAt } : undefined;
    },
    () => {
      // From now on the next request asks again, and what stood in this time can do so once more.
      entry.endsAt = Number.NEGATIVE_INFINITY;
    },
  );
  return entry;
}

const app = createApp();
app.log.info({ backend, ttlMs, negativeTtlMs, graceMs }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const ask = () => askOrigin(statsPath(name), request.id);
  const send = ({ status, body }: OriginAnswer) => reply.code(status).send(body);
  if (backend !== 'memory') return send(await ask());

  const found = entries.get(keyOf(name));
  const isGood = found && performance.now() < found.endsAt;
  const { promise, before } = isGood ? found : replace(keyOf(name), ask, found?.before);
  try {
    return send(await promise);
  } catch (err) {
    if (!before || performance.now() >= before.endedAt + graceMs) throw err;
    request.log.warn({ event: 'stale', err }, 'served what had expired');
    return send(before.answer);
  }
});

app.post<{ Body: { name?: unknown } }>(
  '/api/v1/subjects/',
  { preHandler: requireStaff },
  async (request, reply) => {
    const { status, body } = await askOrigin('/subjects/', request.id, request.body ?? null);
    if (status === 201) entries.delete(keyOf(String(request.body.name)));
    return reply.code(status).send(body);
  },
);

await start(app);
