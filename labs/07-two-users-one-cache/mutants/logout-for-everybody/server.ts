import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';
import { pageOf, staffOnly, tokenOf, whoAsks } from './request.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();

app.get('/api/v1/me/grades/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const page = pageOf(request);
  const key = `student:${userId}:grades:${page}`;
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;
  const { status, body } = await askOrigin(`/students/${userId}/grades/?page=${page}`, request.id);
  if (status === 200) cache?.set(key, body, ttlSeconds);
  return reply.code(status).send(body);
});

app.get('/api/v1/me/stats/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const key = `student:${userId}:stats`;
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;
  const { status, body } = await askOrigin(`/students/${userId}/stats/`, request.id);
  if (status === 200) cache?.set(key, body, ttlSeconds);
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
  cache?.del(cache.keys().filter((key) => key.startsWith(`student:${id}:`)));
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', async (request, reply) => {
  await askOrigin(`/tokens/${tokenOf(request)}/`, request.id, { method: 'DELETE' });
  return reply.code(204).send();
});

await start(app);
