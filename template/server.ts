/*
 * The demonstration server: what the guided run measures and looks at. It caches when it is told
 * to. Give yours the flaw that your lab is about.
 */
import NodeCache from 'node-cache';
// The same two files that learners are given.
import { createApp, start } from './starter/app.ts';
import { askOrigin } from './starter/origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const key = `subject-stats:${request.params.name}`;
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;

  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const { status, body } = await askOrigin(path, request.id);
  if (status === 200) cache?.set(key, body, ttlSeconds);
  return reply.code(status).send(body);
});

await start(app);
