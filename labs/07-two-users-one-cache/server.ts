/*
 * The demonstration server of lab 7: whole answers, kept by their address, in front of everything.
 *
 * Its flaw is the lab: the key does not tell who asks, and the look into the cache comes before
 * anybody has been asked for a token. What one user has read, the next one gets. `repaired.ts` is
 * the same API with the users kept apart.
 */
import NodeCache from 'node-cache';
// The same files that learners are given.
import { createApp, start } from './starter/app.ts';
import { askOrigin } from './starter/origin.ts';
import { pageOf, whoAsks } from './starter/request.ts';
import { addWrites } from './writes.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const keyOf = ({ method, url }: { method: string; url: string }) => `${method} ${url}`;

const app = createApp();

app.addHook('onRequest', async (request, reply) => {
  const kept = request.method === 'GET' ? cache?.get(keyOf(request)) : undefined;
  if (kept !== undefined) return reply.type('application/json').send(kept);
});

app.addHook('onSend', async (request, reply, text) => {
  const isGood = request.method === 'GET' && reply.statusCode === 200;
  const key = keyOf(request);
  if (!isGood || !cache || cache.has(key)) return;
  cache.set(key, text, ttlSeconds);
  request.log.debug({ keptAs: key }, 'kept the whole answer');
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

// Nothing that is kept is made fresh: an address does not tell whose data stand under it.
addWrites(app, () => {});

await start(app);
