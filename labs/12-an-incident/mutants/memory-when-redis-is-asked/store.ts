/*
 * Given: a place for answers, in memory or in the Redis that all instances share, as in lab 5. When Redis is away, it
 * finds nothing and keeps nothing. Nothing here needs to change.
 */
const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlOf = (seconds = Number(process.env.CACHE_TTL_S ?? 60)) => seconds;
const maxEntries = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);

/** Keeps values that are JSON under a key; it finds them as they were, or undefined. */
export interface Store {
  get(key: string): Promise<unknown>;
  /** For so many seconds; without them for CACHE_TTL_S. */
  set(key: string, value: unknown, ttlSeconds?: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Lets go of what would keep the process from ending. */
  close(): Promise<void>;
}

/** The store that CACHE_BACKEND names. `onTrouble` is told at most once a second that Redis does not help. */
export function createStore(_onTrouble: (error: Error) => void): Store {
  if (backend !== 'none') return inMemory();
  return {
    get: async () => undefined,
    set: async () => {},
    delete: async () => {},
    close: async () => {},
  };
}

function inMemory(): Store {
  const entries = new Map<string, { value: unknown; endsAt: number }>();
  return {
    get: async (key) => {
      const entry = entries.get(key);
      return entry && performance.now() < entry.endsAt ? entry.value : undefined;
    },
    set: async (key, value, ttlSeconds) => {
      entries.delete(key);
      entries.set(key, { value, endsAt: performance.now() + ttlOf(ttlSeconds) * 1000 });
      // A Map keeps its order: the oldest entry stands first.
      if (entries.size > maxEntries) entries.delete([...entries.keys()][0] as string);
    },
    delete: async (key) => {
      entries.delete(key);
    },
    close: async () => entries.clear(),
  };
}
