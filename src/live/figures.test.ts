import { describe, expect, it } from 'vitest';
import { createDelays } from './delays.ts';
import { createLevelMeasures } from './level-figures.ts';
import { createRateWindow } from './rate-window.ts';

describe('a rate window', () => {
  it('gives amounts a second over the last seconds, and none before there is one', () => {
    const window = createRateWindow(['lines'], 5000);
    for (let tick = 0; tick < 9; tick += 1) window.add(100, { lines: 10 });
    expect(window.perSecond()).toBeUndefined();
    window.add(100, { lines: 10 });
    expect(window.perSecond()).toEqual({ lines: 100 });
    // 5 s without a line: what was before has gone.
    for (let tick = 0; tick < 50; tick += 1) window.add(100, { lines: 0 });
    expect(window.perSecond()).toEqual({ lines: 0 });
    expect(window.elapsedMs()).toBe(5000);
    window.clear();
    expect(window.perSecond()).toBeUndefined();
  });

  it('counts a tick that came late for as long as it took', () => {
    const window = createRateWindow(['lines'], 5000);
    window.add(2000, { lines: 100 });
    expect(window.perSecond()).toEqual({ lines: 50 });
  });
});

describe('delays', () => {
  it('are given by nearest rank, of the last ones alone', () => {
    const delays = createDelays(100);
    for (let ms = 1; ms <= 9; ms += 1) delays.add(ms);
    expect(delays.figures()).toBeUndefined();
    for (let ms = 10; ms <= 100; ms += 1) delays.add(ms);
    expect(delays.figures()).toEqual({
      p50Ms: 50,
      p99Ms: 99,
      maxMs: 100,
      answered: 100,
      failed: 0,
    });
    delays.add(1000);
    delays.add(undefined);
    expect(delays.figures()).toEqual({
      p50Ms: 52,
      p99Ms: 1000,
      maxMs: 1000,
      answered: 99,
      failed: 1,
    });
  });
});

describe('the measures of a level', () => {
  const second = (measures: ReturnType<typeof createLevelMeasures>, lines: number, answers = 0) => {
    for (let tick = 0; tick < 10; tick += 1) {
      for (let line = 0; line < lines / 10; line += 1) measures.line('info');
      measures.tick(100, 30 * lines);
      measures.traffic({ elapsedMs: 100, answered: answers / 10, failed: 1, lost: 0 });
      measures.pulse({ delayMs: 4 });
    }
  };

  it('are those of the level now, and the others are remembered as they were left', () => {
    const measures = createLevelMeasures('info');
    expect(measures.current()).toBeUndefined();
    // A cold server.
    second(measures, 10, 100);
    expect(measures.current()).toBeUndefined();
    // What was under way then is left out.
    measures.traffic({ elapsedMs: 100, answered: 9, failed: 9, lost: 0 });
    second(measures, 200, 6000);
    expect(measures.current()).toMatchObject({
      level: 'info',
      linesPerSecond: 200,
      linesPerSecondBy: { info: 200, warn: 0 },
      bytesPerSecond: 60_000,
      answersPerSecond: 6000,
      failedPerSecond: 10,
      delay: { p99Ms: 4 },
    });
    measures.changed('debug');
    expect(measures.current()).toBeUndefined();
    // What was sent before the change and told after it.
    measures.traffic({ elapsedMs: 100, answered: 100_000, failed: 0, lost: 0 });
    measures.pulse({ delayMs: 900 });
    measures.unread(1000);
    second(measures, 900, 3000);
    second(measures, 900, 3000);
    expect(measures.current()).toMatchObject({
      level: 'debug',
      linesPerSecond: 1400,
      answersPerSecond: 3000,
      delay: { maxMs: 4 },
    });
    measures.changed('warn');
    expect(measures.earlier().map(({ level }) => level)).toEqual(['debug', 'info']);
    measures.changed('info');
    // Nothing is known of warn: it was left at once. Info is the level now.
    expect(measures.earlier().map(({ level }) => level)).toEqual(['debug']);
  });

  it('begin anew after an interruption', () => {
    const measures = createLevelMeasures('info');
    second(measures, 200, 6000);
    second(measures, 200, 6000);
    expect(measures.current()).toBeDefined();
    measures.interrupted();
    second(measures, 200, 6000);
    expect(measures.current()).toBeUndefined();
  });
});
