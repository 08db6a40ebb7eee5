import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';

const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const isOn = process.env.CACHE_BACKEND !== 'none';

const cache = new NodeCache({ useClones: false });

const app = createApp();

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const key = `subject-stats:${request.params.name}`;
  let answer = isOn ? cache.get<OriginAnswer>(key) : undefined;
  if (answer === undefined) {
    const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
    answer = await askOrigin(path, request.id);
    if (answer.status === 200) cache.set(key, answer, ttlSeconds);
  }
  return reply.code(answer.status).send(answer.body);
});

await start(app);
