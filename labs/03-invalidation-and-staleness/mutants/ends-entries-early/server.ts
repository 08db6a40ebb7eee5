import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { detailPath, languageOf, listPath, statsPath } from './paths.ts';
import { staffOnly } from './staff.ts';

interface Named {
  Params: { name: string };
}

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new Map<string, Entry>();

/** How often each group of entries was made old. */
const versions = new Map<string, number>();
const lists = 'lists';
const subject = (name: string) => `subject ${name.toLowerCase()}`;

function raise(...groups: string[]): void {
  for (const group of groups) versions.set(group, (versions.get(group) ?? 0) + 1);
}

async function read(group: string, path: string, requestId: string): Promise<OriginAnswer> {
  const key = `${versions.get(group) ?? 0} ${path}`;
  const entry = entries.get(key);
  if (entry && performance.now() < entry.endsAt) return entry.answer;
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200 && backend === 'memory') {
    entries.set(key, { answer, endsAt: performance.now() + ttlMs / 2 });
    setTimeout(() => entries.delete(key), ttlMs).unref();
  }
  return answer;
}

const app = createApp();

app.get('/api/v1/subjects/', async (request, reply) => {
  const { status, body } = await read(lists, listPath(request), request.id);
  return reply.code(status).send(body);
});

app.get<Named>('/api/v1/subjects/:name/', async (request, reply) => {
  const { name } = request.params;
  const path = detailPath(name, languageOf(request));
  const { status, body } = await read(subject(name), path, request.id);
  return reply.code(status).send(body);
});

app.get<Named>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const { status, body } = await read(subject(name), statsPath(name), request.id);
  return reply.code(status).send(body);
});

app.post('/api/v1/subjects/', { onRequest: staffOnly }, async (request, reply) => {
  const change = { method: 'POST', body: request.body } as const;
  const { status, body } = await askOrigin('/subjects/', request.id, change);
  if (status < 400) raise(lists, subject((body as { name: string }).name));
  return reply.code(status).send(body);
});

app.put<Named>('/api/v1/subjects/:name/', { onRequest: staffOnly }, async (request, reply) => {
  const { name } = request.params;
  const change = { method: 'PUT', body: request.body } as const;
  const { status, body } = await askOrigin(detailPath(name, 'en'), request.id, change);
  if (status < 400) raise(lists, subject(name), subject((body as { name: string }).name));
  return reply.code(status).send(body);
});

await start(app);
