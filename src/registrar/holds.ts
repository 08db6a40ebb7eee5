import type { CallFilter, OriginCall } from '../kit/index.ts';
import { matches } from './matches.ts';

/** Reads that wait until they are let go. */
export interface Holds {
  /** The number of a new hold. */
  add(filter: CallFilter): number;
  /** Resolves at once for a call that no hold is about, else when all of those are released. */
  pass(call: OriginCall): Promise<void>;
  /** Resolves to true when `count` calls wait in a hold, or to false after `withinMs`. Throws for a hold that ended. */
  arrived(
    hold: number,
    count: number,
    withinMs: number,
  ): Promise<{ arrived: boolean; waiting: number }>;
  /** Lets go what waits there, and holds no more. A hold that ended stays ended. */
  release(hold: number): void;
  releaseAll(): void;
}

interface Hold {
  filter: CallFilter;
  released: Promise<void>;
  release(): void;
  waiting: number;
  /** Called whenever a call begins to wait. */
  watchers: Set<() => void>;
}

export function createHolds(): Holds {
  const holds = new Map<number, Hold>();
  let lastNumber = 0;

  const release = (number: number) => {
    holds.get(number)?.release();
    holds.delete(number);
  };

  return {
    add(filter) {
      lastNumber += 1;
      holds.set(lastNumber, createHold(filter));
      return lastNumber;
    },
    async pass(call) {
      const about = [...holds.values()].filter(({ filter }) => matches(filter, call));
      for (const hold of about) {
        hold.waiting += 1;
        for (const watcher of hold.watchers) watcher();
      }
      await Promise.all(about.map(({ released }) => released));
    },
    async arrived(number, count, withinMs) {
      const hold = holds.get(number);
      if (hold === undefined)
        throw new Error('the hold was released: nothing waits there any more');
      const arrived = await enough(hold, count, withinMs);
      return { arrived, waiting: hold.waiting };
    },
    release,
    releaseAll: () => {
      for (const number of [...holds.keys()]) release(number);
    },
  };
}

function createHold(filter: CallFilter): Hold {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { filter, released, release, waiting: 0, watchers: new Set() };
}

function enough(hold: Hold, count: number, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (result: boolean) => {
      clearTimeout(timer);
      hold.watchers.delete(look);
      resolve(result);
    };
    const look = () => {
      if (hold.waiting >= count) end(true);
    };
    const timer = setTimeout(end, withinMs, false);
    hold.watchers.add(look);
    look();
  });
}
