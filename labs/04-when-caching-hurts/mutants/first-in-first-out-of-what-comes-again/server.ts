import { createApp, start } from './app.ts';
import { BoundedMap } from './bounded-map.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { searchPath } from './search-path.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const maxEntries = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new BoundedMap<Entry>(maxEntries);
/** Searches that came once, without their answers. */
const seen = new BoundedMap<true>(maxEntries);

function kept(path: string): OriginAnswer | undefined {
  const entry = entries.use(path);
  return entry && performance.now() < entry.endsAt ? entry.answer : undefined;
}

function keep(path: string, answer: OriginAnswer): void {
  if (backend !== 'memory' || answer.status !== 200) return;
  entries.put(path, { answer, endsAt: performance.now() + ttlSeconds * 1000 });
}

const app = createApp();
app.log.info({ backend, ttlSeconds, maxEntries }, 'cache settings');

app.get('/api/v1/subjects/', async (request, reply) => {
  const path = searchPath(request);
  const found = kept(path);
  if (found) return found.body;
  const cameBefore = seen.use(path);
  seen.put(path, true);
  const answer = await askOrigin(path, request.id);
  if (cameBefore) keep(path, answer);
  return reply.code(answer.status).send(answer.body);
});

app.get('/api/v1/announcements/', async (request, reply) => {
  const path = '/announcements/';
  const found = kept(path);
  if (found) return found.body;
  const answer = await askOrigin(path, request.id);
  keep(path, answer);
  return reply.code(answer.status).send(answer.body);
});

app.get<{ Params: { name: string } }>('/api/v1/seats/:name/', async (request, reply) => {
  const path = `/seats/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

await start(app);
