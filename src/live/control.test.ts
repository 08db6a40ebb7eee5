import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogLevel } from '../kit/index.ts';
import type { EndlessEnd } from '../load/traffic-job.ts';
import { control } from './control.ts';
import type { Key } from './keys.ts';
import { createLiveModel } from './model.ts';
import type { LiveView } from './view.ts';

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }),
);
afterEach(() => void vi.useRealTimers());

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A source and a screen that are exact and instant. */
function world(more: { trouble?: () => void; setLevel?: (level: LogLevel) => Promise<void> } = {}) {
  const model = createLiveModel({ level: 'info', reader: { level: 'trace' } });
  const views: LiveView[] = [];
  const asked: LogLevel[] = [];
  const sent: {
    signal: AbortSignal;
    end: (how: EndlessEnd) => void;
    fail: (error: Error) => void;
  }[] = [];
  let press: (key: Key) => void = () => {};
  const interruption = new AbortController();
  const done = control({
    watch: {
      model,
      tick: () => {
        more.trouble?.();
        model.tick(100, 0);
      },
      setLevel: async (level) => {
        asked.push(level);
        await (more.setLevel?.(level) ?? model.changed(level));
      },
      send: (signal) =>
        new Promise((resolve, reject) => {
          sent.push({ signal, end: resolve, fail: reject });
          signal.addEventListener('abort', () => resolve('stopped'));
        }),
    },
    screen: {
      rows: () => 10,
      draw: (view) => views.push(view),
      onKey: (listener) => {
        press = listener;
      },
    },
    signal: interruption.signal,
  });
  done.catch(() => {});
  return {
    done,
    views,
    asked,
    sent,
    interruption,
    press: (name: string) => press({ name, text: name }),
    last: () => views.at(-1) as LiveView,
  };
}

const minutes = (count: number) => vi.advanceTimersByTime(count * 60_000);

describe('control', () => {
  it('sends traffic, draws some ten times a second, and ends all of it with q', async () => {
    const { done, views, sent, press } = world();
    vi.advanceTimersByTime(1000);
    expect(views.length).toBeGreaterThanOrEqual(10);
    expect(views.length).toBeLessThanOrEqual(12);
    press('q');
    await done;
    expect(sent.map(({ signal }) => signal.aborted)).toEqual([true]);
    const drawn = views.length;
    vi.advanceTimersByTime(1000);
    expect(views.length).toBe(drawn);
  });

  it('stops the traffic after 15 minutes without a key, says so, and goes on with any key', async () => {
    const { views, sent, asked, press, last } = world();
    minutes(14);
    press('w');
    minutes(14.9);
    expect(sent[0]?.signal.aborted).toBe(false);
    minutes(0.2);
    expect(sent[0]?.signal.aborted).toBe(true);
    expect(last().stopped).toBe('No key was pressed for 15 minutes, so no more traffic is sent.');
    await settled();
    minutes(60);
    expect(sent).toHaveLength(1);
    press('2');
    expect(sent).toHaveLength(2);
    // It only wakes: nobody who was away knows what the key would have done.
    expect(asked).toEqual([]);
    expect(last().stopped).toBeUndefined();
    expect(views.length).toBeGreaterThan(100);
  });

  it('can be left while no traffic is sent', async () => {
    const { done, press } = world();
    minutes(16);
    press('q');
    await done;
  });

  it('says why the traffic ended by itself', async () => {
    const { sent, last } = world();
    sent[0]?.end('gave-up');
    await settled();
    vi.advanceTimersByTime(100);
    expect(last().stopped).toMatch(/Nothing but errors came back/);
  });

  it('changes one level at a time, and of many wishes the last', async () => {
    let take: () => void = () => {};
    const { asked, press } = world({
      setLevel: () => new Promise((resolve) => (take = resolve)),
    });
    for (const key of ['2', '1', '4', '5']) press(key);
    expect(asked).toEqual(['debug']);
    take();
    await settled();
    expect(asked).toEqual(['debug', 'error']);
    take();
    await settled();
    press('3');
    expect(asked).toEqual(['debug', 'error', 'info']);
  });

  it('throws what ends it: an interrupt, a load that has ended, a server that has ended', async () => {
    const interrupted = world();
    interrupted.interruption.abort(new Error('Interrupted.'));
    await expect(interrupted.done).rejects.toThrow('Interrupted.');
    expect(interrupted.sent[0]?.signal.aborted).toBe(true);

    const loadless = world();
    loadless.sent[0]?.fail(new Error('The load process ended.'));
    await expect(loadless.done).rejects.toThrow('The load process ended.');

    const dead = world({
      trouble: () => {
        throw new Error('The server ended.');
      },
    });
    vi.advanceTimersByTime(100);
    await expect(dead.done).rejects.toThrow('The server ended.');
    expect(dead.sent[0]?.signal.aborted).toBe(true);
  });
});
