import NodeCache from 'node-cache';

export type Cached = <Value>(
  key: string,
  ttlSeconds: number,
  load: () => Promise<Value>,
) => Promise<Value>;

/** Gives what is kept under the key, or loads it and keeps it. What `load` throws is not kept. */
export function createCached(backend: string): Cached {
  if (backend !== 'memory') return (_key, _ttlSeconds, load) => load();
  const cache = new NodeCache({ useClones: false });
  return async <Value>(key: string, ttlSeconds: number, load: () => Promise<Value>) => {
    const kept = cache.get<Value>(key);
    if (kept !== undefined) return kept;
    const value = await load();
    cache.set(key, value, ttlSeconds);
    return value;
  };
}
