import NodeCache from 'node-cache';
import { createClient } from 'redis';
import { record } from './log.ts';

/** A place for values that are JSON. */
export interface OwnStore {
  isKeeping: boolean;
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlSeconds: number): Promise<void>;
  close(): void;
}

export async function openStore(): Promise<OwnStore> {
  const backend = process.env.CACHE_BACKEND ?? 'memory';
  if (backend === 'redis') return inRedis(process.env.REDIS_URL ?? '');
  const cache = new NodeCache({ useClones: false, checkperiod: 0 });
  const isKeeping = backend === 'memory';
  return {
    isKeeping,
    get: async (key) => cache.get(`kept ${key}`),
    set: async (key, value, ttlSeconds) => {
      if (isKeeping) cache.set(`kept ${key}`, value, ttlSeconds);
    },
    close: () => cache.close(),
  };
}

async function inRedis(url: string): Promise<OwnStore> {
  let quietUntil = 0;
  const warn = (error: Error) => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 1_000;
    record('warn', 'no-request', { reason: error.message });
  };
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: (tries) => Math.min(100 * tries, 1_000) },
  });
  client.on('error', warn);
  const connected = client.connect().catch(warn);
  await Promise.race([connected, new Promise((resolve) => setTimeout(resolve, 1_000))]);

  async function soon<Reply>(command: Promise<Reply>): Promise<Reply | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no reply in 300 ms')), 300);
    });
    return Promise.race([command, limit])
      .catch((error: Error) => {
        warn(error);
        return undefined;
      })
      .finally(() => clearTimeout(timer));
  }

  return {
    isKeeping: true,
    get: async (key) => {
      const text = await soon(client.get(`school/${key}`));
      return text == null ? undefined : JSON.parse(text);
    },
    set: async (key, value, ttlSeconds) => {
      await soon(client.set(`school/${key}`, JSON.stringify(value), { EX: ttlSeconds }));
    },
    close: () => client.destroy(),
  };
}
