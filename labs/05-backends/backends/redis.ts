import { Redis } from 'ioredis';
import type { App } from '../starter/app.ts';
import type { Cache } from '../starter/routes.ts';

/**
 * Keeps values in Redis, which all instances share, and which outlives them.
 *
 * Its flaw: the client is used as it comes. Commands wait in a queue until Redis is back, and for a
 * reply there is no limit at all. The lab shows what becomes of the requests meanwhile.
 */
export function createRedisCache(url: string, ttlSeconds: number, log: App['log']): Cache {
  const redis = new Redis(url, { keyPrefix: 'school:' });
  redis.on('error', (error) => log.warn({ err: error }, 'Redis is away'));
  return {
    get: async (key) => {
      const text = await redis.get(key);
      return text === null ? undefined : JSON.parse(text);
    },
    set: async (key, value) => {
      await redis.set(key, JSON.stringify(value), 'EX', ttlSeconds);
    },
    delete: async (keys) => {
      await redis.del(...keys);
    },
    close: async () => redis.disconnect(),
  };
}
