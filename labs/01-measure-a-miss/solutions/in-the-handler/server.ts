import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const key = `subject-stats:${name}`;
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;

  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);
  if (status === 200) cache?.set(key, body, ttlSeconds);
  return reply.code(status).send(body);
});

await start(app);
