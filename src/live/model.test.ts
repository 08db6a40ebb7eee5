import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LogLevel, logLevels } from '../kit/index.ts';
import { watchLogLine } from '../probe/log-line.ts';
import type { Key } from './keys.ts';
import { totalOf } from './level-counts.ts';
import { record } from './lines.testing.ts';
import { createLiveModel, type LiveModel } from './model.ts';
import { heldBack } from './period.ts';

const open = (level: LogLevel = 'info', reader: LogLevel = 'trace') =>
  createLiveModel({
    level,
    reader: { level: reader },
    userIdOf: (name) => (name === 'bob' ? '11' : undefined),
  });

const key = (name: string): Key => (name.length === 1 ? { name, text: name } : { name });
const press = (model: LiveModel, ...names: string[]) => names.map((name) => model.press(key(name)));
const type = (model: LiveModel, text: string) => press(model, ...text, 'return');
const shown = (model: LiveModel, rows = 100) =>
  model.view(rows).pane.records.map(({ sequence }) => sequence);

describe('the two filters', () => {
  it('counts exactly what the reader holds back, and changes nothing at the source', () => {
    const model = open('info', 'warn');
    for (const level of ['info', 'info', 'warn', 'error'] as const) model.record(record(level));
    model.record(watchLogLine('listening'));
    const { counts, source } = model.view(10);
    expect(counts.made).toMatchObject({ info: 2, warn: 1, error: 1, other: 1 });
    expect(counts.shown).toMatchObject({ info: 0, warn: 1, error: 1, other: 1 });
    expect(heldBack(counts)).toBe(2);
    expect(source.level).toBe('info');
    expect(press(model, 'e')).toEqual([undefined]);
    expect(model.view(10).source.level).toBe('info');
  });

  it('shows again what was held back when the reader is opened', () => {
    const model = open('info', 'warn');
    for (const level of ['info', 'warn', 'debug', 'error'] as const) model.record(record(level));
    expect(shown(model)).toEqual([2, 4]);
    press(model, 't');
    expect(shown(model)).toEqual([1, 2, 3, 4]);
    press(model, 'f');
    expect(shown(model)).toEqual([]);
  });

  it('asks for a level at the source, and counts anew once it is taken', () => {
    const model = open('info');
    model.record(record('info'));
    expect(press(model, '2')).toEqual([{ kind: 'source', level: 'debug' }]);
    model.changing('debug');
    expect(model.view(1).source).toMatchObject({ level: 'info', changingTo: 'debug' });
    model.record(record('info'));
    expect(totalOf(model.counts().made)).toBe(2);
    model.changed('debug');
    expect(model.view(1).source).toMatchObject({ level: 'debug', changingTo: undefined });
    expect(totalOf(model.counts().made)).toBe(0);
    // What was written before is still there to be read.
    expect(shown(model)).toEqual([1, 2]);
  });

  it('says for a while why a level was not taken', () => {
    const model = open('info');
    model.changing('debug');
    model.refused('It was answered 404.');
    expect(model.view(1)).toMatchObject({
      source: { level: 'info', changingTo: undefined },
      notice: 'It was answered 404.',
    });
    model.tick(7000, 0);
    expect(model.view(1).notice).toBeUndefined();
  });

  it('sees a logger that keeps its old level, and forgives requests that were under way', () => {
    const model = open('debug');
    model.changed('info');
    model.record(record('debug'));
    model.tick(1000, 0);
    expect(model.view(1).source.belowLevel).toBe(0);
    model.record(record('debug'));
    model.record(record('info'));
    expect(model.view(1).source.belowLevel).toBe(1);
    model.changed('debug');
    expect(model.view(1).source.belowLevel).toBe(0);
  });
});

describe('looking for records', () => {
  const stream = () => {
    const model = open();
    model.record(record('info', { reqId: 'req-aa01', userId: 1, event: 'grades.read' }));
    model.record(record('debug', { reqId: 'req-bb02', userId: 11 }));
    model.record(record('warn', { reqId: 'req-bb02', userId: 11, event: 'login' }));
    model.record(record('info', { reqId: 'req-aa03', userId: 1, event: 'grade.created' }));
    return model;
  };

  it('tells the story of one request, at whatever level, and goes on with it', () => {
    const model = stream();
    press(model, 'f', '/');
    type(model, 'bb02');
    expect(model.view(10).pane).toMatchObject({ kind: 'story', request: 'req-bb02', total: 2 });
    expect(shown(model)).toEqual([2, 3]);
    model.record(record('trace', { reqId: 'req-bb02' }));
    model.record(record('fatal', { reqId: 'req-zz' }));
    expect(shown(model)).toEqual([2, 3, 5]);
    press(model, 'escape');
    expect(model.view(10).pane.kind).toBe('live');
    expect(shown(model)).toEqual([6]);
  });

  it('takes the newest of several, and says how many match', () => {
    const model = stream();
    press(model, '/');
    type(model, 'req-aa');
    expect(model.view(10).pane).toMatchObject({ request: 'req-aa03', matches: 2 });
  });

  it('suggests the newest request that is in trouble, and says when there is none', () => {
    const model = stream();
    press(model, '/');
    expect(model.view(10).prompt).toEqual({ what: 'request', typed: '', suggestion: 'req-bb02' });
    press(model, 'return');
    expect(model.view(10).pane).toMatchObject({ request: 'req-bb02' });
    press(model, '/');
    type(model, 'nobody');
    expect(model.view(10).notice).toContain('"nobody"');
  });

  it('filters by user, by name or number, and by event; Escape takes both away', () => {
    const model = stream();
    press(model, 'u');
    type(model, 'bob');
    expect(shown(model)).toEqual([2, 3]);
    // 1 and 11 are two users.
    press(model, 'u');
    type(model, '1');
    expect(shown(model)).toEqual([1, 4]);
    press(model, 'v');
    type(model, 'grades');
    expect(shown(model)).toEqual([1]);
    expect(model.view(1).reader).toEqual({ level: 'trace', user: '1', event: 'grades' });
    press(model, 'v', 'return');
    expect(model.view(1).reader).toEqual({ level: 'trace', user: '1' });
    press(model, 'escape');
    expect(model.view(1).reader).toEqual({ level: 'trace' });
    expect(shown(model)).toEqual([1, 2, 3, 4]);
  });

  it('stands still while it is paused, and counts on', () => {
    const model = stream();
    press(model, 'p');
    for (let index = 0; index < 600; index += 1) model.record(record('info'));
    expect(model.view(10).pane).toMatchObject({ kind: 'paused', newer: 600, below: 0 });
    expect(shown(model)).toEqual([1, 2, 3, 4]);
    expect(totalOf(model.counts().made)).toBe(604);
    press(model, 'p');
    expect(shown(model, 2)).toEqual([603, 604]);
  });

  it('scrolls through what was paused, and no further than its first record', () => {
    const model = stream();
    model.view(2);
    press(model, 'up');
    expect(model.view(2).pane).toMatchObject({ kind: 'paused', below: 1 });
    expect(shown(model, 2)).toEqual([2, 3]);
    press(model, 'pageup', 'pageup', 'pageup', 'up');
    expect(shown(model, 2)).toEqual([1, 2]);
    press(model, 'down');
    expect(shown(model, 2)).toEqual([2, 3]);
    press(model, 'pagedown', 'pagedown', 'pagedown');
    expect(shown(model, 2)).toEqual([3, 4]);
  });
});

describe('help', () => {
  it('is closed by any key, which does nothing else unless it leaves', () => {
    const model = open('info', 'warn');
    press(model, '?');
    expect(model.view(1).help).toBe(true);
    expect(press(model, 't')).toEqual([undefined]);
    expect(model.view(1)).toMatchObject({ help: false, reader: { level: 'warn' } });
    press(model, '?');
    expect(press(model, 'q')).toEqual([{ kind: 'quit' }]);
  });
});

describe('whatever comes', () => {
  const levelOf = fc.constantFrom(...logLevels);
  const event = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('record' as const),
        level: levelOf,
        user: fc.constantFrom(1, 11),
        id: fc.constantFrom('a1', 'b2'),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('key' as const),
        name: fc.constantFrom(
          ...'123456tdiwefpruv/?b',
          'up',
          'down',
          'pageup',
          'return',
          'escape',
          'backspace',
        ),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('tick' as const),
        ms: fc.integer({ min: 1, max: 3000 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('unread' as const),
        lines: fc.integer({ min: 1, max: 1000 }),
      }),
    },
  );

  it('what is made is shown or held back, the screen gets no more than it has room for, and all is kept in order', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 200 }),
        fc.integer({ min: 1, max: 30 }),
        (events, rows) => {
          const model = open();
          for (const each of events) {
            if (each.kind === 'record')
              model.record(record(each.level, { userId: each.user, reqId: each.id }));
            else if (each.kind === 'tick') model.tick(each.ms, 100);
            else if (each.kind === 'unread') model.unread(each.lines);
            else {
              const wish = model.press(key(each.name));
              if (wish?.kind === 'source') model.changed(wish.level);
            }
            const { counts, pane, reader, kept } = model.view(rows);
            for (const level of logLevels) {
              expect(counts.shown[level]).toBeLessThanOrEqual(counts.made[level]);
            }
            expect(heldBack(counts)).toBeGreaterThanOrEqual(0);
            expect(pane.records.length).toBeLessThanOrEqual(rows);
            expect(kept).toBeLessThanOrEqual(20_000);
            const sequences = pane.records.map(({ sequence }) => sequence);
            expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
            if (pane.kind === 'live') {
              const least = logLevels.indexOf(reader.level);
              const levels = pane.records.map(({ level }) => logLevels.indexOf(level as LogLevel));
              expect(levels.every((level) => level >= least)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('the same records give the same counts, however ticks cut them', () => {
    fc.assert(
      fc.property(fc.array(levelOf, { maxLength: 100 }), fc.array(fc.nat(100)), (levels, cuts) => {
        const counted = (at: readonly number[]) => {
          const model = open('trace', 'warn');
          levels.forEach((level, index) => {
            if (at.includes(index)) model.tick(100, 1);
            model.record(record(level));
          });
          const { made, shown: through } = model.counts();
          return { made, through };
        };
        expect(counted(cuts)).toEqual(counted([]));
      }),
    );
  });
});
