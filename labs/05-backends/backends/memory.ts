import type { Cache } from '../starter/routes.ts';

interface Entry {
  value: unknown;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

/** Keeps values in this process: nobody else sees them, and they end with it. */
export function createMemoryCache(ttlSeconds: number): Cache {
  const entries = new Map<string, Entry>();
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
    close: async () => entries.clear(),
  };
}
