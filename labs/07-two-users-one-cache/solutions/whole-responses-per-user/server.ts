import type { FastifyReply, FastifyRequest } from 'fastify';
import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';
import { pageOf, staffOnly, tokenOf, whoAsks } from './request.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

/** Who asks, and the keys of what is kept for them. */
interface Asker {
  userId: number;
  keys: Set<string>;
}

/** By request: who asks goes with it. */
const askers = new WeakMap<FastifyRequest, Asker>();
const askerOf = (request: FastifyRequest) => askers.get(request) as Asker;

/** By student, since a posted grade makes all of them old. */
const keysOf = new Map<number, Set<string>>();

async function signedIn(request: FastifyRequest) {
  const { userId } = await whoAsks(request);
  const keys = keysOf.get(userId) ?? new Set();
  keysOf.set(userId, keys);
  askers.set(request, { userId, keys });
}

const keyOf = (request: FastifyRequest) => JSON.stringify([askerOf(request).userId, request.url]);

async function fromCache(request: FastifyRequest, reply: FastifyReply) {
  const text = cache?.get<string>(keyOf(request));
  if (text !== undefined) return reply.type('application/json; charset=utf-8').send(text);
}

async function toCache(request: FastifyRequest, reply: FastifyReply, text: unknown) {
  if (!cache || reply.statusCode !== 200 || cache.has(keyOf(request))) return;
  const { userId, keys } = askerOf(request);
  // A grade was posted while this was read: it may be old.
  if (keysOf.get(userId) !== keys) return;
  keys.add(keyOf(request));
  cache.set(keyOf(request), text, ttlSeconds);
}

const app = createApp();
const cached = { onRequest: [signedIn, fromCache], onSend: toCache };

app.get('/api/v1/me/grades/', cached, async (request, reply) => {
  const path = `/students/${askerOf(request).userId}/grades/?page=${pageOf(request)}`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/me/stats/', cached, async (request, reply) => {
  const { status, body } = await askOrigin(
    `/students/${askerOf(request).userId}/stats/`,
    request.id,
  );
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
  cache?.del([...(keysOf.get(Number(id)) ?? [])]);
  keysOf.delete(Number(id));
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', async (request, reply) => {
  await whoAsks(request);
  await askOrigin(`/tokens/${tokenOf(request)}/`, request.id, { method: 'DELETE' });
  return reply.code(204).send();
});

await start(app);
