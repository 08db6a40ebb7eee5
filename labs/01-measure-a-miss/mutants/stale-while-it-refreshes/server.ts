import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const entries = new Map<string, { body: unknown; endsAt: number }>();

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

async function load(name: string, requestId: string) {
  const answer = await askOrigin(`/subjects/${encodeURIComponent(name)}/stats/`, requestId);
  if (answer.status === 200 && backend === 'memory') {
    entries.set(name, { body: answer.body, endsAt: performance.now() + ttlSeconds * 1000 });
  }
  return answer;
}

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const entry = entries.get(name);
  if (entry) {
    if (performance.now() >= entry.endsAt) {
      load(name, request.id).catch((err: unknown) => request.log.warn({ err }, 'refresh failed'));
    }
    return entry.body;
  }
  const { status, body } = await load(name, request.id);
  return reply.code(status).send(body);
});

await start(app);
