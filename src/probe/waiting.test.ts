import { expect, test } from 'vitest';
import { monotonicClock as clock, poll, waitUntil } from './waiting.ts';

test('waitUntil never resolves early, and at once for a moment that has passed', async () => {
  for (const aheadMs of [0.4, 1, 7.3, 20]) {
    const moment = clock.nowMs() + aheadMs;
    await waitUntil(moment, { clock });
    expect(clock.nowMs()).toBeGreaterThanOrEqual(moment);
  }
  await waitUntil(clock.nowMs() - 1000, { clock });
});

test('poll asks until the condition holds', async () => {
  let asked = 0;
  const held = await poll(() => ++asked === 3, clock.nowMs() + 60_000, { clock });
  expect([held, asked]).toEqual([true, 3]);
});

test('poll asks once even when the moment has passed, and once more at the very moment', async () => {
  let asked = 0;
  const never = () => {
    asked += 1;
    return false;
  };
  expect(await poll(never, clock.nowMs() - 1, { clock })).toBe(false);
  expect(asked).toBe(1);
  const until = clock.nowMs() + 40;
  let lastAskedAt = 0;
  const note = () => {
    lastAskedAt = clock.nowMs();
    return false;
  };
  await poll(note, until, { clock });
  expect(lastAskedAt).toBeGreaterThanOrEqual(until);
});

test('an abort ends a wait with its reason', async () => {
  const controller = new AbortController();
  const reason = new Error('over');
  const waits = [
    waitUntil(clock.nowMs() + 60_000, { clock, signal: controller.signal }),
    poll(() => false, clock.nowMs() + 60_000, { clock, signal: controller.signal }),
  ];
  controller.abort(reason);
  for (const wait of waits) await expect(wait).rejects.toBe(reason);
});
