import { createCache } from 'async-cache-dedupe';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { requireStaff } from './staff.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const negativeTtlMs = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30) * 1000;
const graceMs = Number(process.env.CACHE_GRACE_S ?? 0) * 1000;

interface Entry {
  answer: OriginAnswer;
  /** In milliseconds of `performance.now()`. */
  endsAt: number;
}

/** What was asked for, and by whom: the request id is no part of the key. */
interface Question {
  name: string;
  requestId: string;
}

const keyOf = (name: string) => name.toLowerCase();
const statsPath = (name: string) => `/subjects/${encodeURIComponent(name)}/stats/`;

/** 404s and statistics apart, so that neither can be taken for the other. */
const missing = new Map<string, Entry>();
const statistics = new Map<string, Entry>();

const isGood = (entry: Entry | undefined, moreMs = 0): entry is Entry =>
  entry !== undefined && performance.now() < entry.endsAt + moreMs;

// A TTL of 0 leaves the library the one thing that is wanted of it: one call at a time for each key.
const flights = createCache({ ttl: 0 }).define(
  'stats',
  { serialize: ({ name }: Question) => keyOf(name) },
  async ({ name, requestId }: Question): Promise<OriginAnswer> => {
    const answer = await askOrigin(statsPath(name), requestId);
    const now = performance.now();
    if (answer.status === 200) statistics.set(keyOf(name), { answer, endsAt: now + ttlMs });
    if (answer.status === 404) {
      missing.set(keyOf(name), { answer, endsAt: now + negativeTtlMs });
      statistics.delete(keyOf(name));
    }
    return answer;
  },
);

const app = createApp();
app.log.info({ backend, ttlMs, negativeTtlMs, graceMs }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const send = ({ status, body }: OriginAnswer) => reply.code(status).send(body);
  if (backend !== 'memory') return send(await askOrigin(statsPath(name), request.id));

  const known = statistics.get(keyOf(name));
  const unknown = missing.get(keyOf(name));
  if (isGood(known)) return send(known.answer);
  if (isGood(unknown)) return send(unknown.answer);
  return flights.stats({ name, requestId: request.id }).then(send, (err: unknown) => {
    if (!isGood(known, graceMs)) throw err;
    request.log.warn({ event: 'stale', err }, 'the origin failed');
    return send(known.answer);
  });
});

app.post<{ Body: { name?: unknown } }>(
  '/api/v1/subjects/',
  { preHandler: requireStaff },
  async (request, reply) => {
    const { status, body } = await askOrigin('/subjects/', request.id, request.body ?? null);
    if (status === 201) missing.delete(keyOf(String(request.body.name)));
    return reply.code(status).send(body);
  },
);

await start(app);
