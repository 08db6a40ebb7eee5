import { describe, expect, it } from 'vitest';
import { watchExpiry } from './expiry.ts';

/** A cache of one entry on a clock of its own; a request takes `requestMs`, half of it on the way. */
function world({ requestMs = 10, requestTimes = [] as number[] } = {}) {
  let now = 5_000;
  let version = 0;
  let calls = 0;
  let pending: (() => void) | undefined;
  const requests = [...requestTimes];
  const clock = { nowMs: () => now };
  const load = () => {
    calls += 1;
    return version;
  };
  const probe = {
    clock,
    waitUntil: async (momentMs: number) => {
      now = Math.max(now, momentMs);
      pending?.();
      pending = undefined;
    },
    poll: async (condition: () => Promise<boolean> | boolean, untilMs: number) => {
      if (await condition()) return true;
      await probe.waitUntil(untilMs);
      return condition();
    },
  };
  const later = (act: () => void) => {
    pending = act;
  };
  /** `serve` is the server: gives the version that it answers. `forget` makes it another entry. */
  const watch = (
    serve: (nowMs: number) => number,
    usedAt: readonly number[] = [],
    forget = () => {},
  ) =>
    watchExpiry(probe, {
      ttlSeconds: 1,
      usedAt,
      entry: async () => {
        forget();
        return {
          ask: async () => {
            const took = requests.shift() ?? requestMs;
            const sentAtMs = now;
            now += took / 2;
            const json = serve(now);
            now += took / 2;
            const request = { path: '/' };
            return {
              request,
              status: 200,
              headers: {},
              text: '',
              json,
              sentAtMs,
              receivedAtMs: now,
            };
          },
          calls: async () => calls,
          change: async () => {
            version += 1;
          },
          isNew: (answer) => answer.json === version,
        };
      },
    });
  /** As `watch`, with a new cache for each attempt. */
  const watchAnew = (create: () => (nowMs: number) => number, usedAt: readonly number[]) => {
    let attempts = 0;
    let serve = create();
    const created = () => {
      attempts += 1;
      serve = create();
    };
    const watched = watch((nowMs) => serve(nowMs), usedAt, created);
    return { watched, attempts: () => attempts };
  };
  return { watch, watchAnew, load, later };
}

/** Cache-aside with the given rules. */
function cacheAside(load: () => number, { ttlMs = 1000, slides = false, refills = true } = {}) {
  let entry: { value: number; endMs: number } | undefined;
  let filled = false;
  return (nowMs: number) => {
    if (entry && nowMs < entry.endMs) {
      if (slides) entry.endMs = nowMs + ttlMs;
      return entry.value;
    }
    const value = load();
    if (!filled || refills) entry = { value, endMs: nowMs + ttlMs };
    filled = true;
    return value;
  };
}

const uses = [0.3, 0.55, 0.8];

describe('watchExpiry', () => {
  it('sees an entry that ends in time, used or not', async () => {
    for (const usedAt of [[], uses]) {
      const { watch, load } = world();
      const expiry = await watch(cacheAside(load), usedAt);
      expect(expiry).toMatchObject({ kind: 'expired', refilled: true, answer: { json: 1 } });
    }
  });

  it('allows an entry that lives a little longer', async () => {
    const { watch, load } = world();
    expect(await watch(cacheAside(load, { ttlMs: 1900 }))).toMatchObject({ kind: 'expired' });
  });

  it('says nothing of an early end that nobody saw', async () => {
    const { watch, load } = world();
    expect(await watch(cacheAside(load, { ttlMs: 500 }))).toMatchObject({ kind: 'expired' });
  });

  it('sees an entry that never ends', async () => {
    const { watch, load } = world();
    expect(await watch(cacheAside(load, { ttlMs: 1_000_000 }))).toMatchObject({ kind: 'never' });
  });

  it('sees an entry that ends early, when it is used', async () => {
    const { watch, load } = world();
    const expiry = await watch(cacheAside(load, { ttlMs: 500 }), uses);
    expect(expiry).toMatchObject({ kind: 'early', share: 0.55 });
  });

  it('sees an entry that is kept alive by its use', async () => {
    const { watch, load } = world();
    const serve = cacheAside(load, { slides: true });
    expect(await watch(serve, uses)).toMatchObject({ kind: 'never' });
  });

  it('sees an old answer for which the origin is asked afterwards', async () => {
    const { watch, load, later } = world();
    let entry: { value: number; endMs: number } | undefined;
    const expiry = await watch((nowMs) => {
      const refresh = () => {
        entry = { value: load(), endMs: nowMs + 1000 };
      };
      if (!entry) refresh();
      else if (nowMs >= entry.endMs) {
        const old = entry.value;
        later(refresh);
        return old;
      }
      return entry?.value ?? -1;
    });
    expect(expiry).toMatchObject({ kind: 'stale', answer: { json: 0 } });
  });

  it('sees that nothing is kept after the first end', async () => {
    const { watch, load } = world();
    const serve = cacheAside(load, { refills: false });
    expect(await watch(serve)).toMatchObject({ kind: 'expired', refilled: false });
  });

  it('tries again when the filling took so long that an early end would not have been seen', async () => {
    const { watchAnew, load } = world({ requestTimes: [400] });
    const early = watchAnew(() => cacheAside(load, { ttlMs: 700 }), uses);
    expect(await early.watched).toMatchObject({ kind: 'early', share: 0.8 });
    expect(early.attempts()).toBe(2);
  });

  it('gives the benefit of the doubt where every filling takes so long', async () => {
    const { watchAnew, load } = world({ requestMs: 150 });
    const slow = watchAnew(() => cacheAside(load), uses);
    expect(await slow.watched).toMatchObject({ kind: 'expired' });
    expect(slow.attempts()).toBe(5);
  });

  it('tries again when a request came too late, and gives up after five times', async () => {
    const once = world({ requestTimes: [10, 900] });
    expect(await once.watch(cacheAside(once.load), [0.3])).toMatchObject({ kind: 'expired' });
    const slow = world({ requestMs: 1200 });
    await expect(slow.watch(cacheAside(slow.load), [0.3])).rejects.toThrow('cannot judge');
  });
});
