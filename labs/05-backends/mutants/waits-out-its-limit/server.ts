import NodeCache from 'node-cache';
import { createClient } from 'redis';
import { createApp, start } from './app.ts';
import { addRoutes, type Cache } from './routes.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const redisUrl = process.env.REDIS_URL ?? '';

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

const nowhere: Cache = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => {},
  close: async () => {},
};

function inMemory(): Cache {
  const cache = new NodeCache({ useClones: false, checkperiod: 0 });
  return {
    get: async (key) => cache.get(key),
    set: async (key, value) => {
      cache.set(key, value, ttlSeconds);
    },
    delete: async (keys) => {
      cache.del([...keys]);
    },
    close: async () => cache.close(),
  };
}

class TooSlow extends Error {}

async function inRedis(): Promise<Cache> {
  let quietUntil = 0;
  const warn = (error: Error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 1_000;
    app.log.warn({ reason: error.message }, 'no help from Redis');
  };
  const client = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: (tries) => Math.min(100 * tries, 1_000) },
  });
  // Without a listener the first error would end the process.
  client.on('error', warn);
  const connected = client.connect().catch(warn);
  // A moment for the connection: whoever comes first then has a cache. Without Redis we open all the same.
  await Promise.race([connected, new Promise((resolve) => setTimeout(resolve, 1_000))]);

  /** Waits 300 ms for a reply. One that comes later is nobody's. */
  async function soon<Reply>(command: Promise<Reply>): Promise<Reply | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TooSlow('no reply in 300 ms')), 300);
    });
    try {
      const [reply] = await Promise.all([command, limit]);
      return reply;
    } catch (error) {
      warn(error as Error);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  const own = (key: string) => `school/${key}`;
  return {
    get: async (key) => {
      const text = await soon(client.get(own(key)));
      return text == null ? undefined : JSON.parse(text);
    },
    set: async (key, value) => {
      await soon(client.set(own(key), JSON.stringify(value), { PX: ttlSeconds * 1000 }));
    },
    delete: async (keys) => {
      await soon(client.unlink(keys.map(own)));
    },
    close: async () => client.destroy(),
  };
}

const caches: Record<string, () => Cache | Promise<Cache>> = { memory: inMemory, redis: inRedis };
addRoutes(app, (await caches[backend]?.()) ?? nowhere);
await start(app);
