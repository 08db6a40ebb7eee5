import type { OriginCall } from '../kit/index.ts';

/** Calls that are being worked on, and those who want to know. */
export interface Traffic {
  begin(): void;
  /** A call was answered. */
  end(call: OriginCall): void;
  inFlight(): number;
  /** Resolves when no call is being worked on. */
  idle(): Promise<void>;
  /** Tells each answered call, or no more when undefined. */
  watch(listener: ((call: OriginCall) => void) | undefined): void;
}

export function createTraffic(): Traffic {
  let inFlight = 0;
  let waiting: (() => void)[] = [];
  let watcher: ((call: OriginCall) => void) | undefined;
  return {
    begin() {
      inFlight += 1;
    },
    end(call) {
      inFlight -= 1;
      watcher?.(call);
      if (inFlight > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    inFlight: () => inFlight,
    idle: () =>
      inFlight === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve)),
    watch(listener) {
      watcher = listener;
    },
  };
}
