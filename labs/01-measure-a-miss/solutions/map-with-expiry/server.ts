import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

interface Entry {
  body: unknown;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new Map<string, Entry>();

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const entry = entries.get(name);
  if (entry && performance.now() < entry.endsAt) return entry.body;

  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);
  if (backend === 'memory' && status === 200) {
    entries.set(name, { body, endsAt: performance.now() + ttlSeconds * 1000 });
  }
  return reply.code(status).send(body);
});

await start(app);
