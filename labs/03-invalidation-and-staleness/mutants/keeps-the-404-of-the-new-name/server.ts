import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type Change, type OriginAnswer } from './origin.ts';
import { detailPath, languageOf, languages, listPath, listPrefix, statsPath } from './paths.ts';
import { staffOnly } from './staff.ts';

interface Named {
  Params: { name: string };
}

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

/** Writes until now. */
let writes = 0;

async function read(path: string, requestId: string): Promise<OriginAnswer> {
  const kept = cache?.get<OriginAnswer>(path);
  if (kept !== undefined) return kept;
  const before = writes;
  const answer = await askOrigin(path, requestId);
  if (writes === before) cache?.set(path, answer, ttlSeconds);
  return answer;
}

function forget(names: readonly string[]): void {
  writes += 1;
  const own = names.flatMap((name) => [
    statsPath(name),
    ...languages.map((language) => detailPath(name, language)),
  ]);
  const lists = cache?.keys().filter((path) => path.startsWith(listPrefix)) ?? [];
  cache?.del([...own, ...lists]);
}

async function write(path: string, requestId: string, change: Change, names: readonly string[]) {
  const answer = await askOrigin(path, requestId, change);
  if (answer.status < 400) forget(names);
  return answer;
}

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get('/api/v1/subjects/', async (request, reply) => {
  const { status, body } = await read(listPath(request), request.id);
  return reply.code(status).send(body);
});

app.get<Named>('/api/v1/subjects/:name/', async (request, reply) => {
  const path = detailPath(request.params.name, languageOf(request));
  const { status, body } = await read(path, request.id);
  return reply.code(status).send(body);
});

app.get<Named>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { status, body } = await read(statsPath(request.params.name), request.id);
  return reply.code(status).send(body);
});

app.post('/api/v1/subjects/', { onRequest: staffOnly }, async (request, reply) => {
  const change = { method: 'POST', body: request.body } as const;
  const { status, body } = await write('/subjects/', request.id, change, []);
  return reply.code(status).send(body);
});

app.put<Named>('/api/v1/subjects/:name/', { onRequest: staffOnly }, async (request, reply) => {
  const { name } = request.params;
  const change = { method: 'PUT', body: request.body } as const;
  const path = detailPath(name, languageOf(request));
  const { status, body } = await write(path, request.id, change, [name]);
  return reply.code(status).send(body);
});

await start(app);
