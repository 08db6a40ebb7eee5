/*
 * Lab LAB_NUMBER, exercise C1: add cache-aside to the statistics route.
 *
 * Today every request goes to the origin. Change that in this file:
 *
 * - With CACHE_BACKEND=memory, look before you ask: what was asked for less than CACHE_TTL_S
 *   seconds ago is answered from memory, and the origin is left alone.
 * - Each subject has its own statistics. Keep good answers only (status 200).
 * - With CACHE_BACKEND=none, each request goes to the origin, as today.
 *
 * node-cache is installed (import NodeCache from 'node-cache'), and a Map will do as well.
 *
 * Check: course-labs check-answer LAB_NUMBER C1     Try by hand: course-labs serve LAB_NUMBER --mine
 */
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);
  return reply.code(status).send(body);
});

await start(app);
