/*
 * The demonstration server of lab 1: cache-aside in front of a slow origin.
 *
 * It has one weakness, which the lab shows: at the moment of expiry, all clients who ask before
 * the entry is stored again go to the origin, each on its own account. Lab 8 repairs that.
 */
import NodeCache from 'node-cache';
// The same two files that learners are given.
import { createApp, start } from './starter/app.ts';
import { askOrigin } from './starter/origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

// useClones: false hands out the stored object itself, which is right as long as nobody changes it.
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();
app.log.debug({ answersAreIn: backend }, 'where answers are kept');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const key = `subject-stats:${name}`;

  // 1. Look before you ask.
  const kept = cache?.get(key);
  if (cache) {
    request.log.debug({ lookedFor: key, found: kept !== undefined }, 'looked before asking');
  }
  if (kept !== undefined) return kept;

  // 2. Ask the origin.
  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);

  // 3. Keep what was good. Whoever asks within the TTL gets it in step 1.
  if (cache && status === 200) {
    cache.set(key, body, ttlSeconds);
    request.log.debug({ keptAs: key, forSeconds: ttlSeconds }, 'kept what the origin said');
  }
  return reply.code(status).send(body);
});

await start(app);
