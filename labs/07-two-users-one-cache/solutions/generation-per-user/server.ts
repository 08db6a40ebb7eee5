import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { pageOf, staffOnly, tokenOf, whoAsks } from './request.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

/** How many grades were posted for a student: part of the keys of all that is kept for that student. */
const generations = new Map<string, number>();

/** Asks for something of one student's, unless it is kept. */
async function ofStudent(id: string, what: string, requestId: string): Promise<OriginAnswer> {
  const key = `student ${id}, generation ${generations.get(id) ?? 0}: ${what}`;
  const kept = cache?.get<OriginAnswer>(key);
  if (kept !== undefined) return kept;
  const answer = await askOrigin(`/students/${id}/${what}`, requestId);
  if (answer.status === 200) cache?.set(key, answer, ttlSeconds);
  return answer;
}

const app = createApp();

app.get('/api/v1/me/grades/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const what = `grades/?page=${pageOf(request)}`;
  const { status, body } = await ofStudent(`${userId}`, what, request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/me/stats/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await ofStudent(`${userId}`, 'stats/', request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/me/locker/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
  return reply.code(status).send(body);
});

app.post<{ Params: { id: string } }>('/api/v1/students/:id/grades/', async (request, reply) => {
  await staffOnly(request);
  const { id } = request.params;
  const path = `/students/${encodeURIComponent(id)}/grades/`;
  const change = { method: 'POST', body: request.body } as const;
  const { status, body } = await askOrigin(path, request.id, change);
  if (status === 201) generations.set(id, (generations.get(id) ?? 0) + 1);
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', async (request, reply) => {
  await whoAsks(request);
  await askOrigin(`/tokens/${tokenOf(request)}/`, request.id, { method: 'DELETE' });
  return reply.code(204).send();
});

await start(app);
