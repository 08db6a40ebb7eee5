import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const key = `subject-stats:${request.params.name}`;
  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const promise = cache?.get<Promise<OriginAnswer>>(key) ?? askOrigin(path, request.id);
  if (cache && !cache.has(key)) cache.set(key, promise, ttlSeconds);
  const { status, body } = await promise;
  return reply.code(status).send(body);
});

await start(app);
