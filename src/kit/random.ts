/** Randomness that a seed repeats exactly. Each call moves it on. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** One element. Throws on an empty list. */
  pick<T>(items: readonly T[]): T;
  /** A new list in a new order. */
  shuffle<T>(items: readonly T[]): T[];
  /** `length` characters of a-z and 0-9. */
  text(length: number): string;
  /** Randomness of its own for one purpose: what others draw does not change it. */
  fork(purpose: string): Random;
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Makes the randomness of a seed. The generator is mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits
 * of state, which is plenty for lessons and nothing for secrets.
 */
export function createRandom(seed: number, purpose = ''): Random {
  const start = (seed ^ hash(purpose)) >>> 0;
  let state = start;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('pick: the list is empty');
    return items[integer(0, items.length - 1)] as T;
  };
  return {
    next,
    integer,
    pick,
    shuffle: (items) => {
      const copy = [...items];
      // Fisher and Yates, from the end (Knuth, The Art of Computer Programming, vol. 2, algorithm P).
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        [copy[last], copy[other]] = [copy[other] as never, copy[last] as never];
      }
      return copy;
    },
    text: (length) =>
      Array.from({ length }, () => letters[integer(0, letters.length - 1)]).join(''),
    fork: (name) => createRandom(start, `${purpose}/${name}`),
  };
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo): spreads purposes over the seed. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
