/** Lets a number of calls through at a time; the others wait in order of arrival. */
export interface Gate {
  /** Resolves when there is room. Whoever comes in calls `leave` once. */
  enter(): Promise<void>;
  leave(): void;
  /** At least 1; Infinity for no limit. What waits and now has room comes in. */
  setLimit(limit: number): void;
}

export function createGate(): Gate {
  const waiting: (() => void)[] = [];
  let limit = Number.POSITIVE_INFINITY;
  let inside = 0;

  const admit = () => {
    while (inside < limit && waiting.length > 0) {
      inside += 1;
      waiting.shift()?.();
    }
  };

  return {
    enter: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        admit();
      }),
    leave() {
      inside -= 1;
      admit();
    },
    setLimit(wanted) {
      limit = wanted;
      admit();
    },
  };
}
