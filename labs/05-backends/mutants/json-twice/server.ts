import { Redis } from 'ioredis';
import { createApp, start } from './app.ts';
import { addRoutes, type Cache } from './routes.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const redisUrl = process.env.REDIS_URL;

const app = createApp();
app.log.info({ backend, ttlSeconds, redis: redisUrl !== undefined }, 'cache settings');

function createCache(): Cache {
  if (backend === 'memory') return inMemory();
  if (backend === 'redis' && redisUrl !== undefined) return inRedis(redisUrl);
  return {
    get: async () => undefined,
    set: async () => {},
    delete: async () => {},
    close: async () => {},
  };
}

function inMemory(): Cache {
  const entries = new Map<string, { value: unknown; endsAt: number }>();
  return {
    get: async (key) => {
      const entry = entries.get(key);
      return entry && performance.now() < entry.endsAt ? entry.value : undefined;
    },
    set: async (key, value) => {
      entries.set(key, { value, endsAt: performance.now() + ttlSeconds * 1000 });
    },
    delete: async (keys) => {
      for (const key of keys) entries.delete(key);
    },
    close: async () => {},
  };
}

function inRedis(url: string): Cache {
  const redis = new Redis(url, {
    keyPrefix: 'school:',
    // Without a connection a command fails at once, in place of waiting for one.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // With a connection it waits this long for its reply, in milliseconds.
    commandTimeout: 250,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
  });
  redis.on('error', warn);

  let lastWarning = Number.NEGATIVE_INFINITY;
  function warn(error: unknown): void {
    if (performance.now() - lastWarning < 1_000) return;
    lastWarning = performance.now();
    app.log.warn({ err: error }, 'Redis cannot be used: the origin answers');
  }

  /** A command that fails is a miss, or nothing: never the request's affair. */
  async function attempt<Reply>(command: Promise<Reply>): Promise<Reply | undefined> {
    return command.catch((error: unknown) => {
      warn(error);
      return undefined;
    });
  }

  return {
    get: async (key) => {
      const text = await attempt(redis.get(key));
      return text ?? undefined;
    },
    set: async (key, value) => {
      await attempt(redis.set(key, JSON.stringify(value), 'EX', ttlSeconds));
    },
    delete: async (keys) => {
      await attempt(redis.del(...keys));
    },
    close: async () => redis.disconnect(),
  };
}

addRoutes(app, createCache());
await start(app);
