/*
 * Lab 7, exercise C1: a cache that keeps everybody's data apart.
 *
 * This server keeps whole answers by their address, and gives alice's to whoever asks next. Take
 * the two hooks out, and cache the grades and the statistics in their handlers instead:
 *
 * - What a user asked for less than CACHE_TTL_S seconds ago is answered from memory, whichever of
 *   the user's tokens came with it. Another user and another page have entries of their own.
 * - Each request needs a token that is good now: whoAsks looks it up each time, since another
 *   server may have ended it. Without one it is a 401, whatever is kept; when the look-up fails, a
 *   5xx, even if the answer is kept. A refusal is not kept: keep good answers (status 200) only.
 * - The locker's combination is never kept.
 * - Once a posted grade is answered, that student's pages and statistics are fresh. The entries of
 *   all other students stay.
 *
 * Nobody measures how fast it is. What counts is whose data an answer holds, in its body and its
 * headers, with many users at once, and which requests reach the origin.
 *
 * Check: course-labs check-answer 7 C1     Try by hand: course-labs serve 7 --mine
 */
import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';
import { pageOf, staffOnly, tokenOf, whoAsks } from './request.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();

app.addHook('onRequest', async (request, reply) => {
  const kept = request.method === 'GET' ? cache?.get(request.url) : undefined;
  if (kept !== undefined) return reply.type('application/json').send(kept);
});

app.addHook('onSend', async (request, reply, text) => {
  const isGood = request.method === 'GET' && reply.statusCode === 200;
  if (isGood && !cache?.has(request.url)) cache?.set(request.url, text, ttlSeconds);
});

app.get('/api/v1/me/grades/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const path = `/students/${userId}/grades/?page=${pageOf(request)}`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/me/stats/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await askOrigin(`/students/${userId}/stats/`, request.id);
  return reply.code(status).send(body);
});

app.get('/api/v1/me/locker/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
  return reply.code(status).send(body);
});

app.post<{ Params: { id: string } }>('/api/v1/students/:id/grades/', async (request, reply) => {
  await staffOnly(request);
  const path = `/students/${encodeURIComponent(request.params.id)}/grades/`;
  const { status, body } = await askOrigin(path, request.id, {
    method: 'POST',
    body: request.body,
  });
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', async (request, reply) => {
  await whoAsks(request);
  await askOrigin(`/tokens/${tokenOf(request)}/`, request.id, { method: 'DELETE' });
  return reply.code(204).send();
});

await start(app);
