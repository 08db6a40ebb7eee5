/*
 * The demonstration server of lab 5: the same routes with four backends, one of which CACHE_BACKEND
 * chooses.
 *
 * Two weaknesses show in the lab. One is of the thing itself: what one process keeps in its memory,
 * another one cannot see. The other is ours: the Redis backend waits for a Redis that is away.
 */
import { createFileCache } from './backends/file.ts';
import { createMemoryCache } from './backends/memory.ts';
import { noCache } from './backends/none.ts';
import { createRedisCache } from './backends/redis.ts';
// The same files that learners are given.
import { createApp, start } from './starter/app.ts';
import { addRoutes, type Cache } from './starter/routes.ts';

const { CACHE_BACKEND = 'memory', CACHE_DIR = '', REDIS_URL = '' } = process.env;
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const app = createApp();
addRoutes(app, await openCache(CACHE_BACKEND));
await start(app);

async function openCache(backend: string): Promise<Cache> {
  switch (backend) {
    case 'none':
      return noCache;
    case 'memory':
      return createMemoryCache(ttlSeconds);
    case 'file':
      return createFileCache(CACHE_DIR, ttlSeconds);
    case 'redis':
      return createRedisCache(REDIS_URL, ttlSeconds, app.log);
    default:
      throw new Error(`CACHE_BACKEND is ${backend}, which is none of the four`);
  }
}
