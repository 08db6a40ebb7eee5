import { createApp, start } from './app.ts';
import { addRoutes, type Cache } from './routes.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const redisUrl = process.env.REDIS_URL;

const app = createApp();
app.log.info({ backend, ttlSeconds, redis: redisUrl !== undefined }, 'cache settings');

function createCache(): Cache {
  if (backend !== 'none') return inMemory();
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

addRoutes(app, createCache());
await start(app);
