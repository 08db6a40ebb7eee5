import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { searchPath } from './search-path.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const maxEntries = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);

const cache =
  backend === 'memory' ? new NodeCache({ stdTTL: ttlSeconds, maxKeys: maxEntries }) : undefined;

/** Gives what is kept under the origin's path, or asks the origin and keeps what was good. */
async function cached(path: string, requestId: string): Promise<OriginAnswer> {
  const kept = cache?.get<OriginAnswer>(path);
  if (kept !== undefined) return kept;
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200) cache?.set(path, answer);
  return answer;
}

const app = createApp();
app.log.info({ backend, ttlSeconds, maxEntries }, 'cache settings');

app.get('/api/v1/subjects/', async (request, reply) => {
  const { status, body } = await cached(searchPath(request), request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/announcements/', async (request, reply) => {
  const { status, body } = await cached('/announcements/', request.id);
  return reply.code(status).send(body);
});

app.get<{ Params: { name: string } }>('/api/v1/seats/:name/', async (request, reply) => {
  const path = `/seats/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

await start(app);
