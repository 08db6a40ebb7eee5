import { Redis } from 'ioredis';
import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { createBreaker } from './breaker.ts';
import { addRoutes, type Cache } from './routes.ts';

const { CACHE_BACKEND: backend = 'memory', REDIS_URL: redisUrl } = process.env;
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

function inMemory(): Cache {
  const cache = new NodeCache({ stdTTL: ttlSeconds, checkperiod: 0 });
  return {
    get: async (key) => cache.get(key),
    set: async (key, value) => void cache.set(key, value),
    delete: async (keys) => void cache.del([...keys]),
    close: async () => cache.close(),
  };
}

function inRedis(url: string): Cache {
  const redis = new Redis(url, {
    commandTimeout: 400,
    enableOfflineQueue: false,
    retryStrategy: () => 500,
  });
  const guarded = createBreaker({
    restMs: 1_000,
    onOpen: (reason) => app.log.warn({ reason }, 'Redis is left alone for a second'),
  });
  // What the breaker sees it tells; this only keeps the process from stumbling over the event.
  redis.on('error', () => {});

  /** The part of a key before its language: what a PUT makes stale as a whole. */
  const groupOf = (key: string) => key.split(':').slice(0, 2).join(':');
  const versionKey = (key: string) => `school.version.${groupOf(key)}`;
  const entryKey = (key: string, version: string | null) => `school.entry.${key}.${version ?? 0}`;
  /** A version must outlive the entries of the one before it, and count on from there. */
  const versionSeconds = 10 * ttlSeconds;

  return {
    get: (key) =>
      guarded(async () => {
        const version = await redis.get(versionKey(key));
        const text = await redis.get(entryKey(key, version));
        return text === null ? undefined : JSON.parse(text);
      }),
    set: async (key, value) => {
      await guarded(async () => {
        const version = await redis.get(versionKey(key));
        await redis.setex(entryKey(key, version), ttlSeconds, JSON.stringify(value));
      });
    },
    delete: async (keys) => {
      await guarded(async () => {
        const changes = redis.multi();
        for (const version of new Set(keys.map(versionKey))) {
          changes.incr(version).expire(version, versionSeconds);
        }
        await changes.exec();
      });
    },
    close: async () => redis.disconnect(),
  };
}

const nothing = async () => undefined;
const nowhere: Cache = { get: nothing, set: nothing, delete: nothing, close: nothing };

function createCache(): Cache {
  if (backend === 'redis' && redisUrl) return inRedis(redisUrl);
  return backend === 'memory' ? inMemory() : nowhere;
}

addRoutes(app, createCache());
await start(app);
