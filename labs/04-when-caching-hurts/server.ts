/*
 * The demonstration server of lab 4: "more cache is faster", so one wrapper keeps everything.
 *
 * The lab shows what is wrong with that: seats are kept although they must be right, a full cache
 * makes requests fail, every newsletter link (?utm_source=...) keeps a large list of its own, and
 * node-cache copies what it keeps and what it gives. `repaired.ts` beside it does better.
 */
import NodeCache from 'node-cache';
// The same files that learners are given.
import { createApp, start } from './starter/app.ts';
import { askOrigin, type OriginAnswer } from './starter/origin.ts';
import { searchPath } from './starter/search-path.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const maxKeys = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);

const cache = backend === 'memory' ? new NodeCache({ stdTTL: ttlSeconds, maxKeys }) : undefined;

async function cached(key: string, path: string, requestId: string): Promise<OriginAnswer> {
  const kept = cache?.get<OriginAnswer>(key);
  if (kept !== undefined) return kept;
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200) cache?.set(key, answer);
  return answer;
}

const app = createApp();

app.get('/api/v1/subjects/', async (request, reply) => {
  const path = searchPath(request);
  const { status, body } = await cached(path, path, request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/announcements/', async (request, reply) => {
  // The address is the key, with whatever stands behind its question mark.
  const { status, body } = await cached(request.url, '/announcements/', request.id);
  return reply.code(status).send(body);
});

app.get<{ Params: { name: string } }>('/api/v1/seats/:name/', async (request, reply) => {
  const path = `/seats/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await cached(path, path, request.id);
  return reply.code(status).send(body);
});

await start(app);
