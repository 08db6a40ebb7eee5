import type { CallFilter, Fault, OriginCall } from '../kit/index.ts';
import { createHolds, type Holds } from './holds.ts';
import { matches } from './matches.ts';

/** What goes wrong on purpose. */
export interface Rules {
  readonly holds: Holds;
  fail(fault: Fault): void;
  delay(filter: CallFilter, delayMs: number): void;
  /** The fault that strikes a call, used up once more; of several the one that was set first. */
  strike(call: OriginCall): Fault | undefined;
  /** Milliseconds; of several delays the one that was set last counts. */
  delayOf(call: OriginCall): number;
  /** All rules end; held reads go on. */
  clear(): void;
}

export function createRules(): Rules {
  const holds = createHolds();
  let faults: { fault: Fault; left: number }[] = [];
  let delays: { filter: CallFilter; delayMs: number }[] = [];
  return {
    holds,
    fail: (fault) => void faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    delay: (filter, delayMs) => void delays.push({ filter, delayMs }),
    strike(call) {
      const struck = faults.find(({ fault, left }) => left > 0 && matches(fault, call));
      if (struck === undefined) return undefined;
      struck.left -= 1;
      return struck.fault;
    },
    delayOf: (call) => delays.findLast(({ filter }) => matches(filter, call))?.delayMs ?? 0,
    clear() {
      faults = [];
      delays = [];
      holds.releaseAll();
    },
  };
}
