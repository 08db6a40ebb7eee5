import { LRUCache } from 'lru-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { searchPath } from './search-path.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttl = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const max = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);

const searches = new LRUCache<string, OriginAnswer>({ max, ttl });
const lists = new LRUCache<string, OriginAnswer>({ max: 1, ttl });

const app = createApp();
app.log.info({ backend, ttl, max }, 'cache settings');

async function cached(
  cache: LRUCache<string, OriginAnswer>,
  path: string,
  requestId: string,
): Promise<OriginAnswer> {
  const kept = cache.get(path);
  if (kept) return kept;
  const answer = await askOrigin(path, requestId);
  if (backend === 'memory' && answer.status === 200) cache.set(path, answer);
  return answer;
}

app.get('/api/v1/subjects/', async (request, reply) => {
  const { status, body } = await cached(searches, searchPath(request), request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/announcements/', async (request, reply) => {
  const { status, body } = await cached(lists, '/announcements/', request.id);
  return reply.code(status).send(body);
});

app.get<{ Params: { name: string } }>('/api/v1/seats/:name/', async (request, reply) => {
  const path = `/seats/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

await start(app);
