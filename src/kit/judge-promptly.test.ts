import { describe, expect, it } from 'vitest';
import { demand } from './demand.ts';
import { judgePromptly } from './judge-promptly.ts';

const words = { asked: 'once', rationale: 'It matters.' };

/** Each attempt takes `seconds` and its slowest answer that many ms, of which `found` calls are seen. */
function attemptsOf(list: readonly { slowestMs: number; found: number }[], seconds = 1) {
  let nowMs = 5_000;
  let attempt = -1;
  const asked: number[] = [];
  const probe = {
    clock: { nowMs: () => nowMs },
    slowestAnswerMs: (sinceMs: number) => {
      asked.push(sinceMs);
      return list[attempt]?.slowestMs ?? Number.NaN;
    },
  };
  const judge = async () => {
    attempt += 1;
    nowMs += seconds * 1000;
    demand('calls', 0, list[attempt]?.found ?? -1, words);
  };
  return { asked, done: () => attempt + 1, run: () => judgePromptly(probe, judge) };
}

describe('judgePromptly', () => {
  it('lets pass what passes, however slow', async () => {
    const { run, done } = attemptsOf([{ slowestMs: 9_000, found: 0 }]);
    await run();
    expect(done()).toBe(1);
  });

  it('holds a failure against the answer where all was prompt', async () => {
    const { run, done } = attemptsOf([{ slowestMs: 200, found: 1 }]);
    await expect(run()).rejects.toMatchObject({ kind: 'failure', actual: 'calls: 1' });
    expect(done()).toBe(1);
  });

  it('judges again what failed while answers were slow, each attempt by its own answers', async () => {
    const slow = { slowestMs: 201, found: 1 };
    const right = attemptsOf([slow, slow, { slowestMs: 201, found: 0 }]);
    await right.run();
    expect(right.done()).toBe(3);
    expect(right.asked).toEqual([5_000, 6_000]);
    const wrong = attemptsOf([slow, { slowestMs: 20, found: 2 }]);
    await expect(wrong.run()).rejects.toMatchObject({ kind: 'failure', actual: 'calls: 2' });
  });

  it('gives up after five attempts, or twenty seconds, and blames nobody', async () => {
    const slow = Array.from({ length: 9 }, () => ({ slowestMs: 300, found: 1 }));
    const five = attemptsOf(slow);
    await expect(five.run()).rejects.toThrow(
      'cannot judge: answers took longer than 200 ms, 5 times',
    );
    const long = attemptsOf(slow, 12);
    await expect(long.run()).rejects.toThrow('2 times');
  });

  it('passes on what is no failure', async () => {
    const probe = { clock: { nowMs: () => 0 }, slowestAnswerMs: () => 900 };
    const bug = () => Promise.reject(new Error('a bug'));
    await expect(judgePromptly(probe, bug)).rejects.toThrow('a bug');
  });
});
