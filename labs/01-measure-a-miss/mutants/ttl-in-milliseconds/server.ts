import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const key = `subject-stats:${request.params.name}`;
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;

  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);
  if (status === 200) cache?.set(key, body, ttlSeconds * 1000);
  return reply.code(status).send(body);
});

await start(app);
