/*
 * Lab 5, exercise C1: one cache, three backends.
 *
 * The routes in routes.ts ask a cache before they ask the origin, and this one keeps nothing.
 * Write createCache, so that CACHE_BACKEND alone decides where answers are kept:
 *
 * - none: nowhere, as today. Each request goes to the origin.
 * - memory: in this process, for CACHE_TTL_S seconds.
 * - redis: in the Redis at REDIS_URL, where every instance of this server finds them, and finds
 *   them after a restart. A PUT through one instance is seen by all at once.
 *
 * What you put into Redis shares it with others:
 * - every key begins with one text that is yours and ends in a delimiter, such as "school:";
 * - every key has a TTL, helper keys too;
 * - values are JSON or numbers (a hash will do as well);
 * - FLUSHDB, FLUSHALL and KEYS are never sent.
 *
 * And the school is open when Redis is not. While it is dead, or there and silent, each request is
 * answered from the origin, within seconds; nothing crashes; there is at most one warning a second
 * in the log, whatever the number of requests. When Redis is back, it is used again by itself.
 *
 * ioredis and node-cache are installed; a Map will do for the memory.
 *
 * Check: course-labs check-answer 5 C1     Try by hand: course-labs serve 5 --mine
 */
import { createApp, start } from './app.ts';
import { addRoutes, type Cache } from './routes.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const redisUrl = process.env.REDIS_URL;

const app = createApp();
app.log.info({ backend, ttlSeconds, redis: redisUrl !== undefined }, 'cache settings');

function createCache(): Cache {
  return {
    get: async () => undefined,
    set: async () => {},
    delete: async () => {},
    close: async () => {},
  };
}

addRoutes(app, createCache());
await start(app);
