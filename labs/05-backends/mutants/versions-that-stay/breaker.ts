export interface BreakerOptions {
  /** How long nothing is tried after a failure, in milliseconds. */
  restMs: number;
  /** Told once for each rest. */
  onOpen(reason: string): void;
}

/** Runs work that may fail. After a failure it runs none for a while, and gives undefined at once. */
export function createBreaker({ restMs, onOpen }: BreakerOptions) {
  let restsUntil = 0;
  return async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    if (performance.now() < restsUntil) return undefined;
    try {
      return await work();
    } catch (error) {
      // Of several that fail together, the first tells it.
      if (performance.now() >= restsUntil) onOpen((error as Error).message);
      restsUntil = performance.now() + restMs;
      return undefined;
    }
  };
}
