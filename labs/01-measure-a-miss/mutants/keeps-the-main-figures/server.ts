import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

interface Stats {
  subject: string;
  professor: string;
  count: number;
  mean: number;
  median: number;
}

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const key = `subject-stats:${request.params.name}`;
  const kept = cache?.get<object>(key);
  if (kept !== undefined) return kept;

  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const answer = await askOrigin(path, request.id);
  if (answer.status !== 200) return reply.code(answer.status).send(answer.body);
  const { subject, professor, count, mean, median } = answer.body as Stats;
  const main = { subject, professor, count, mean, median };
  cache?.set(key, main, ttlSeconds);
  return main;
});

await start(app);
