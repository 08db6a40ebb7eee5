/*
 * Lab 3, exercise C1: invalidate on write.
 *
 * Today the cache hears nothing of a write, and goes on answering what is no longer true. Change that in this file:
 *
 * - After a PUT or a POST that succeeded, the next answer of each route tells what is true now: the
 *   subject's detail in both languages, its statistics, lists and searches.
 * - Details and statistics of other subjects stay cached. Lists you may throw away, all of them.
 * - A rename is a PUT with another name. The old name is a 404 then, and the new one is there.
 * - A write that was refused (4xx) leaves the cache as it is: nobody can empty it by asking in vain.
 *   One that failed (5xx) leaves nothing in it that the origin did not say.
 * - A slow read that began before the end of a write, and itself ends after it, must not leave the old value behind.
 * - What no write touches expires after CACHE_TTL_S, as before.
 *
 * Check: course-labs check-answer 3 C1     Try by hand: course-labs serve 3 --mine
 */
import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { detailPath, languageOf, listPath, statsPath } from './paths.ts';
import { staffOnly } from './staff.ts';

interface Named {
  Params: { name: string };
}

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

/** Cache-aside, as in labs 1 and 2. The path at the origin is the key. */
async function read(path: string, requestId: string): Promise<OriginAnswer> {
  const kept = cache?.get<OriginAnswer>(path);
  if (kept !== undefined) return kept;
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200) cache?.set(path, answer, ttlSeconds);
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
  const { status, body } = await askOrigin('/subjects/', request.id, change);
  return reply.code(status).send(body);
});

app.put<Named>('/api/v1/subjects/:name/', { onRequest: staffOnly }, async (request, reply) => {
  const path = detailPath(request.params.name, languageOf(request));
  const change = { method: 'PUT', body: request.body } as const;
  const { status, body } = await askOrigin(path, request.id, change);
  return reply.code(status).send(body);
});

await start(app);
