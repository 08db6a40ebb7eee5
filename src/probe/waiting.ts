import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../kit/index.ts';

/** Monotonic milliseconds since a start that all processes of the machine share. */
export const monotonicClock: Clock = {
  nowMs: () => Number(process.hrtime.bigint()) / 1e6,
};

/** Between two looks at a condition: short enough for a TTL of one second, long enough to leave the server alone. */
const pollIntervalMs = 15;

export interface Waiting {
  clock: Clock;
  /** Ends every wait at once, with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Resolves at the moment, never before it. */
export async function waitUntil(momentMs: number, { clock, signal }: Waiting): Promise<void> {
  signal?.throwIfAborted();
  for (let left = momentMs - clock.nowMs(); left > 0; left = momentMs - clock.nowMs()) {
    await delay(Math.ceil(left), undefined, { signal }).catch(rethrowReason(signal));
  }
}

/** Asks until the condition holds (true) or the moment has passed (false); asks once at least. */
export async function poll(
  condition: () => Promise<boolean> | boolean,
  untilMs: number,
  { clock, signal }: Waiting,
): Promise<boolean> {
  for (;;) {
    signal?.throwIfAborted();
    const askedAtMs = clock.nowMs();
    if (await condition()) return true;
    if (askedAtMs >= untilMs) return false;
    await waitUntil(Math.min(clock.nowMs() + pollIntervalMs, untilMs), { clock, signal });
  }
}

/** Node rejects with an AbortError of its own; callers want the reason that was given. */
function rethrowReason(signal: AbortSignal | undefined) {
  return (error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  };
}
