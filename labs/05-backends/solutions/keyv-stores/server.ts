import KeyvRedis, { createClient } from '@keyv/redis';
import Keyv, { type KeyvStoreAdapter } from 'keyv';
import { createApp, start } from './app.ts';
import { addRoutes, type Cache } from './routes.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const redisUrl = process.env.REDIS_URL ?? '';

const app = createApp();
app.log.info({ backend, ttlMs }, 'cache settings');

let warnedAt = Number.NEGATIVE_INFINITY;
function warn(error: unknown): void {
  if (performance.now() < warnedAt + 1_000) return;
  warnedAt = performance.now();
  app.log.warn({ err: error }, 'the cache cannot be used');
}

/** Gives up after half a second: whoever asked goes on without a cache. */
function within<Value>(work: Promise<Value>): Promise<Value | undefined> {
  const { promise: limit, resolve } = withResolvers<undefined>();
  const timer = setTimeout(() => {
    warn(new Error('the cache did not answer within 500 ms'));
    resolve(undefined);
  }, 500);
  const settled = work.catch((error: unknown) => {
    warn(error);
    return undefined;
  });
  return Promise.race([settled, limit]).finally(() => clearTimeout(timer));
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function redisStore(): KeyvStoreAdapter {
  const client = createClient({
    url: redisUrl,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: () => 300 },
  });
  const store = new KeyvRedis(client, { namespace: 'school', throwOnConnectError: true });
  store.on('error', warn);
  client.on('error', warn);
  return store as unknown as KeyvStoreAdapter;
}

function keyv(store: Map<string, unknown> | KeyvStoreAdapter): Cache {
  const cache = new Keyv({ store, ttl: ttlMs, useKeyPrefix: false, throwOnErrors: true });
  cache.on('error', warn);
  return {
    get: (key) => within(cache.get(key)),
    set: async (key, value) => {
      await within(cache.set(key, value));
    },
    delete: async (keys) => {
      await within(cache.delete([...keys]));
    },
    close: async () => {
      await within(cache.disconnect());
    },
  };
}

function createCache(): Cache | undefined {
  if (backend === 'memory') return keyv(new Map());
  return backend === 'redis' ? keyv(redisStore()) : undefined;
}

const nothing = async () => undefined;
const nowhere = { get: nothing, set: nothing, delete: nothing, close: nothing };

addRoutes(app, createCache() ?? nowhere);
await start(app);
