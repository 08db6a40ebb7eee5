/** How long a small request waited for its answer. */
export interface DelayFigures {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** Requests that were answered; the figures are of these. */
  answered: number;
  /** Requests that came to nothing. */
  failed: number;
}

/** The delays of the last requests. */
export interface Delays {
  /** Undefined for a request without an answer. */
  add(delayMs: number | undefined): void;
  /** Undefined until ten were answered. */
  figures(): DelayFigures | undefined;
  clear(): void;
}

const fewest = 10;

/** Keeps the last `most`. */
export function createDelays(most: number): Delays {
  let values: (number | undefined)[] = [];
  return {
    add(delayMs) {
      values.push(delayMs);
      if (values.length > most) values.shift();
    },
    figures() {
      const answered = values
        .filter((value) => value !== undefined)
        .sort((left, right) => left - right);
      if (answered.length < fewest) return undefined;
      // Nearest rank: a delay that really was.
      const rank = (share: number) => answered[Math.ceil(share * answered.length) - 1] as number;
      return {
        p50Ms: rank(0.5),
        p99Ms: rank(0.99),
        maxMs: rank(1),
        answered: answered.length,
        failed: values.length - answered.length,
      };
    },
    clear() {
      values = [];
    },
  };
}
