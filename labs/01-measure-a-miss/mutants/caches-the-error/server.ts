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
  const kept = cache?.get<OriginAnswer>(key);
  if (kept !== undefined) return reply.code(kept.status).send(kept.body);

  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const answer: OriginAnswer = await askOrigin(path, request.id).catch((error: Error) => ({
    status: 502,
    body: { detail: error.message },
  }));
  cache?.set(key, answer, ttlSeconds);
  return reply.code(answer.status).send(answer.body);
});

await start(app);
