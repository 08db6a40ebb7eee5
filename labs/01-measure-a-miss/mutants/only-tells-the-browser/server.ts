import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const seen = new Set<string>();

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);
  if (backend === 'memory' && status === 200) {
    reply.header('cache-control', `public, max-age=${ttlSeconds}`);
    reply.header('x-cache', seen.has(name) ? 'HIT' : 'MISS');
    seen.add(name);
  }
  return reply.code(status).send(body);
});

await start(app);
