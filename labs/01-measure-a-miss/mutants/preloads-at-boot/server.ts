import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

interface Page {
  results: { name: string }[];
  next: number | null;
}

/** Everything is known before the first client comes. */
async function preload(): Promise<void> {
  for (let page: number | null = 1; page !== null; ) {
    const { body } = await askOrigin(`/subjects/?page=${page}`, 'preload-at-boot');
    const { results, next } = body as Page;
    for (const { name } of results) {
      const stats = await askOrigin(
        `/subjects/${encodeURIComponent(name)}/stats/`,
        'preload-at-boot',
      );
      cache?.set(`subject-stats:${name}`, stats.body, ttlSeconds);
    }
    page = next;
  }
}

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const key = `subject-stats:${request.params.name}`;
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;

  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

if (cache) await preload();
await start(app);
