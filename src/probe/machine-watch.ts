import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, MachineWatch } from '../kit/index.ts';

/** Between two looks: shorter than anything that matters, long enough to leave the server alone. */
const lookIntervalMs = 15;

/** One way to see whether the machine keeps up: settles when it was answered, however. */
export type Look = () => Promise<unknown>;

/**
 * Looks until `end`, in all these ways at a time. Whether the pause in between was longer than it should be is looked
 * at as well: then it is our own process that does not keep up.
 * @param looks asked for each look anew, as servers come and go
 */
export function watchMachine(
  looks: () => readonly Look[],
  { clock, signal }: { clock: Clock; signal?: AbortSignal | undefined },
): MachineWatch {
  let ended = false;
  const tookMs: number[] = [];
  const timed = async (look: Look) => {
    const sinceMs = clock.nowMs();
    await look().catch(() => {});
    return clock.nowMs() - sinceMs;
  };
  const watch = async () => {
    while (!ended && !signal?.aborted) {
      const each = await Promise.all(looks().map(timed));
      const pausedMs = await timed(() => delay(lookIntervalMs));
      tookMs.push(Math.max(pausedMs - lookIntervalMs, ...each));
    }
  };
  const watching = watch();
  return {
    end: async () => {
      ended = true;
      await watching;
      return tookMs;
    },
  };
}
