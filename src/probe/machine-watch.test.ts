import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Look, watchMachine } from './machine-watch.ts';
import { createProbe } from './probe.ts';
import { openTestGround, serverSource } from './stage.testing.ts';
import { monotonicClock as clock } from './waiting.ts';

/** Resolves once `times` looks have begun. */
function countedLook(look: Look) {
  let begun = 0;
  const counted: Look = () => {
    begun += 1;
    return look();
  };
  return {
    counted,
    atLeast: (times: number) => expect.poll(() => begun).toBeGreaterThanOrEqual(times),
  };
}

describe('watchMachine', () => {
  it('tells of each look the longest way, failed ones included', async () => {
    const quick = countedLook(async () => {});
    const failing: Look = async () => {
      await delay(150);
      throw new Error('no answer');
    };
    const watch = watchMachine(() => [quick.counted, failing], { clock });
    await quick.atLeast(3);
    expect(Math.min(...(await watch.end()))).toBeGreaterThanOrEqual(149);
  });

  it('waits for a look that is under way when it is ended, and tells the same again', async () => {
    const slow = countedLook(() => delay(300));
    const watch = watchMachine(() => [slow.counted], { clock });
    await slow.atLeast(1);
    const [tookMs, ...further] = await watch.end();
    expect(tookMs).toBeGreaterThanOrEqual(299);
    expect(further).toEqual([]);
    expect(await watch.end()).toEqual([tookMs]);
  });

  it('sees that its own process did not keep up', async () => {
    const none = countedLook(async () => {});
    const watch = watchMachine(() => [none.counted], { clock });
    await none.atLeast(2);
    const untilMs = clock.nowMs() + 200;
    while (clock.nowMs() < untilMs);
    expect(Math.max(...(await watch.end()))).toBeGreaterThanOrEqual(180);
  });

  it('looks no more once the check was given up', async () => {
    let rounds = 0;
    const looks = () => {
      rounds += 1;
      return [];
    };
    const watch = watchMachine(looks, { clock, signal: AbortSignal.abort() });
    expect(await watch.end()).toEqual([]);
    expect(rounds).toBe(0);
  });
});

describe('a probe', () => {
  it('looks at whether its servers keep up, and nobody notes it', async () => {
    const waits = 1_500;
    const ground = await openTestGround();
    onTestFinished(() => ground.close());
    const stage = await ground.openStage(43);
    const source = serverSource(`
      if (path === '/waits') return setTimeout(() => response.end(), ${waits});
      const until = performance.now() + 400;
      while (performance.now() < until);
      response.end();`);
    const watched = stage.openSet(await ground.program('slow', source));
    const launched = await watched.launch({});
    if (launched.kind === 'failed') throw new Error(JSON.stringify(launched.failure));
    const { server: slow } = launched;
    const own = createProbe({ stage, set: watched, server: slow, purpose: 'x' });
    const looks = async (path: string) => {
      const sinceMs = own.clock.nowMs();
      const watch = own.watchMachine();
      await slow.get(path);
      return { looksMs: await watch.end(), answersMs: own.answerTimesMs(sinceMs) };
    };
    const whileWaiting = await looks('/waits');
    expect(whileWaiting.answersMs).toHaveLength(1);
    expect(Math.min(...whileWaiting.answersMs)).toBeGreaterThanOrEqual(waits);
    expect(Math.min(...whileWaiting.looksMs)).toBeLessThan(waits / 3);
    expect(Math.max(...(await looks('/works')).looksMs)).toBeGreaterThan(150);
    expect(slow.wasAsked({ path: '/healthz' })).toBe(false);
    await watched.close();
    expect(await own.watchMachine().end()).toHaveLength(1);
  });
});
