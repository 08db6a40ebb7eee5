/*
 * Lab 4, exercise C1: cache only where it pays, and within bounds.
 *
 * Today one wrapper keeps everything, until it is full and fails. Change that in this file:
 *
 * - Seats are for booking: each request gets what the origin says now. Nothing is kept, and of
 *   requests that come at the same time each makes a call of its own.
 * - The announcements are one large answer for all. The first request keeps it for CACHE_TTL_S
 *   seconds, and no other within that time costs a call.
 * - Searches are kept for CACHE_TTL_S seconds, at most CACHE_MAX_ENTRIES of them at a time. Some come
 *   again: from the third time on at the latest, such a search costs no call. Most never do.
 * - A full cache answers as well as any. It makes room: what is asked for all the time stays,
 *   what has not been used for longest goes, and a new favourite gets in.
 * - Keep good answers only (status 200). A failed origin is a 5xx, for seats, too.
 * - With CACHE_BACKEND=none, each request goes to the origin.
 *
 * node-cache is installed, and a Map will do as well: it gives its keys in the order in which they
 * were put in. Nobody measures how fast it is, or how you keep the large list: objects or text.
 *
 * Check: course-labs check-answer 4 C1     Try by hand: course-labs serve 4 --mine
 */
import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { searchPath } from './search-path.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const maxEntries = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);

const cache =
  backend === 'memory' ? new NodeCache({ stdTTL: ttlSeconds, maxKeys: maxEntries }) : undefined;

/** Gives what is kept under the origin's path, or asks the origin and keeps what was good. */
async function cached(path: string, requestId: string): Promise<OriginAnswer> {
  const kept = cache?.get<OriginAnswer>(path);
  if (kept !== undefined) return kept;
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200) cache?.set(path, answer);
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
  const { status, body } = await cached(path, request.id);
  return reply.code(status).send(body);
});

await start(app);
