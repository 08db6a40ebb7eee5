import { describe, expect, it } from 'vitest';
import type { AnswerState } from './look.ts';
import { type Save, type WatchEvent, watchAnswer } from './watch-answer.ts';

const there = (hash: string): AnswerState => ({ kind: 'there', hash });
const away: AnswerState = { kind: 'away', why: 'gone' };

/** A watch whose clock goes on by one look at a time, and whose gradings end when they are told to. */
function watchWithFakeClock({ times, endMs = 0 }: { times?: number; endMs?: number } = {}) {
  const files = { state: there('a') as AnswerState };
  const control = new AbortController();
  const events: WatchEvent[] = [];
  const begun: Save[] = [];
  let underWay = 0;
  let mostAtOnce = 0;
  let finish: (graded?: string | Error) => void = () => {};
  let nowMs = 0;
  let tick: () => void = () => {};

  const watch = watchAnswer({
    look: async () => files.state,
    grade: (save, signal) => {
      begun.push(save);
      underWay += 1;
      mostAtOnce = Math.max(mostAtOnce, underWay);
      return new Promise<string>((resolve, reject) => {
        const end = (settle: () => void) => {
          underWay -= 1;
          settle();
        };
        finish = (graded = save.hash) =>
          end(() => (graded instanceof Error ? reject(graded) : resolve(graded)));
        signal.addEventListener('abort', () => {
          // Ending servers takes a while.
          setTimeout(() => end(() => reject(signal.reason)), endMs);
        });
      });
    },
    onEvent: (event) => void events.push(event),
    pause: (signal) =>
      new Promise<void>((resolve, reject) => {
        const interrupt = () => reject(signal.reason);
        signal.addEventListener('abort', interrupt, { once: true });
        tick = () => {
          signal.removeEventListener('abort', interrupt);
          resolve();
        };
      }),
    now: () => new Date(nowMs),
    times,
    signal: control.signal,
  });
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve, endMs));
  return {
    watch,
    files,
    events,
    begun,
    hashes: () => begun.map(({ hash }) => hash),
    mostAtOnce: () => mostAtOnce,
    stop: (reason: Error) => control.abort(reason),
    /** So many looks more. */
    async looks(count: number) {
      for (let look = 0; look < count; look += 1) {
        await settled();
        nowMs += 250;
        tick();
        await settled();
      }
    },
    async finish(graded?: string | Error) {
      finish(graded);
      await settled();
    },
  };
}

describe('watching an answer', () => {
  it('grades at the start, and then only what was saved since', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    expect(one.hashes()).toEqual(['a']);
    await one.finish();
    await one.looks(5);
    expect(one.hashes()).toEqual(['a']);
  });

  it('grades a save by rename once: each look sees the old file or the new one', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    await one.finish();
    one.files.state = there('b');
    await one.looks(5);
    expect(one.hashes()).toEqual(['a', 'b']);
    expect(one.events).toEqual([]);
  });

  it('tells when the graded files were first seen so', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    await one.finish();
    await one.looks(2);
    one.files.state = there('b');
    await one.looks(2);
    expect(one.begun.map(({ at }) => at.getTime())).toEqual([0, 1000]);
  });

  it('waits until a file that is being written holds still', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    await one.finish();
    for (const half of ['b1', 'b2', 'b3', 'b']) {
      one.files.state = there(half);
      await one.looks(1);
    }
    expect(one.hashes()).toEqual(['a']);
    await one.looks(3);
    expect(one.hashes()).toEqual(['a', 'b']);
  });

  it('gives a grading up for a save, and grades the newest state once', async () => {
    const one = watchWithFakeClock({ endMs: 5 });
    await one.looks(1);
    one.files.state = there('b');
    await one.looks(2);
    expect(one.events).toMatchObject([{ kind: 'abandoned', save: { hash: 'b' } }]);
    one.files.state = there('c');
    await one.looks(4);
    await one.finish();
    await one.looks(5);
    expect(one.hashes()).toEqual(['a', 'c']);
    expect(one.mostAtOnce()).toBe(1);
  });

  it('takes two quick saves for one', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    await one.finish();
    one.files.state = there('b');
    await one.looks(1);
    one.files.state = there('c');
    await one.looks(5);
    await one.finish();
    await one.looks(5);
    expect(one.hashes()).toEqual(['a', 'c']);
  });

  it('goes on with a grading when the file flickers and is as it was', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    one.files.state = there('empty');
    await one.looks(1);
    one.files.state = there('a');
    await one.looks(3);
    await one.finish();
    await one.looks(3);
    expect(one.hashes()).toEqual(['a']);
    expect(one.events).toEqual([]);
  });

  it('grades anew what is back at the state before, once the grading of another was given up', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    await one.finish();
    one.files.state = there('b');
    await one.looks(3);
    one.files.state = there('a');
    await one.looks(4);
    expect(one.hashes()).toEqual(['a', 'b', 'a']);
  });

  it('does not grade a save again of which the grading under way was', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    // Saved between the look and the compiler: what was graded is the new state.
    one.files.state = there('b');
    await one.finish('b');
    await one.looks(5);
    expect(one.hashes()).toEqual(['a']);
  });

  it('says that the file is gone and back, and grades it only when it has changed', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    await one.finish();
    one.files.state = away;
    await one.looks(4);
    expect(one.events).toEqual([away]);
    one.files.state = there('a');
    await one.looks(4);
    expect(one.events).toEqual([away, { kind: 'back' }]);
    expect(one.hashes()).toEqual(['a']);

    one.files.state = away;
    await one.looks(2);
    one.files.state = there('b');
    await one.looks(4);
    expect(one.hashes()).toEqual(['a', 'b']);
  });

  it('says nothing of a file that is gone for one look, and lets a grading end without it', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    one.files.state = away;
    await one.looks(1);
    one.files.state = there('a');
    await one.looks(2);
    expect(one.events).toEqual([]);
    one.files.state = away;
    await one.looks(3);
    await one.finish();
    expect(one.hashes()).toEqual(['a']);
    expect(one.events).toEqual([away]);
  });

  it('grades the same files again where it is asked, but not while they are graded', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    one.watch.again();
    await one.finish();
    await one.looks(3);
    expect(one.hashes()).toEqual(['a']);
    one.watch.again();
    await one.looks(1);
    expect(one.hashes()).toEqual(['a', 'a']);
    await one.finish();
    // Asked before the next look.
    one.watch.again();
    await one.looks(3);
    expect(one.hashes()).toEqual(['a', 'a', 'a']);
  });

  it('ends after so many gradings; one that was given up is none', async () => {
    const one = watchWithFakeClock({ times: 2 });
    await one.looks(1);
    one.files.state = there('b');
    await one.looks(3);
    await one.finish();
    await one.looks(1);
    one.files.state = there('c');
    await one.looks(2);
    await one.finish();
    await one.looks(1);
    await one.watch.ended;
    expect(one.hashes()).toEqual(['a', 'b', 'c']);
  });

  it('throws what a grading throws', async () => {
    const one = watchWithFakeClock();
    await one.looks(1);
    const ended = expect(one.watch.ended).rejects.toThrow('no registrar');
    await one.finish(new Error('no registrar'));
    await one.looks(1);
    await ended;
  });

  it('is ended by its signal, after the grading under way has ended', async () => {
    const one = watchWithFakeClock({ endMs: 20 });
    await one.looks(1);
    let over = false;
    const ended = expect(one.watch.ended)
      .rejects.toThrow('left')
      .finally(() => {
        over = true;
      });
    one.stop(new Error('left'));
    await Promise.resolve();
    expect(over).toBe(false);
    await ended;
  });
});
