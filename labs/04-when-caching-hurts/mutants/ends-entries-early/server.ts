import { createApp, start } from './app.ts';
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

/** The entry that has not been used for longest comes first. */
const entries = new Map<string, Entry>();

function use(path: string): OriginAnswer | undefined {
  const entry = entries.get(path);
  entries.delete(path);
  if (!entry || performance.now() >= entry.endsAt) return undefined;
  entries.set(path, entry);
  return entry.answer;
}

function keep(path: string, answer: OriginAnswer): void {
  entries.delete(path);
  entries.set(path, { answer, endsAt: performance.now() + ttlSeconds * 500 });
  const [unused] = entries.keys();
  if (entries.size > maxEntries && unused !== undefined) entries.delete(unused);
}

async function cached(path: string, requestId: string): Promise<OriginAnswer> {
  const kept = use(path);
  if (kept) return kept;
  const answer = await askOrigin(path, requestId);
  if (backend === 'memory' && answer.status === 200) keep(path, answer);
  return answer;
}

const app = createApp();
app.log.info({ backend, ttlSeconds, maxEntries }, 'cache settings');

app.get('/api/v1/subjects/', async (request, reply) => {
  const { status, body } = await cached(searchPath(request), request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/announcements/', async (request, reply) => {
  const { status, body } = await cached('/announcements/', request.id);
  return reply.code(status).send(body);
});

app.get<{ Params: { name: string } }>('/api/v1/seats/:name/', async (request, reply) => {
  const path = `/seats/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

await start(app);
