import { describe, expect, it } from 'vitest';
import { demand } from './demand.ts';
import { judgePromptly } from './judge-promptly.ts';

const words = { asked: 'once', rationale: 'It matters.' };

interface Attempt {
  answersMs: readonly number[];
  /** Default: a look took as long as the slowest answer. */
  looksMs?: readonly number[];
  /** Calls that are seen, and should not be. */
  found: number;
}

/** Each attempt takes `seconds`. */
function attemptsOf(list: readonly Attempt[], seconds = 1) {
  let nowMs = 5_000;
  let attempt = -1;
  const asked: number[] = [];
  const watching = new Set<number>();
  const probe = {
    clock: { nowMs: () => nowMs },
    answerTimesMs: (sinceMs: number) => {
      asked.push(sinceMs);
      return list[attempt]?.answersMs ?? [];
    },
    watchMachine: () => {
      const watched = attempt + 1;
      watching.add(watched);
      return {
        end: async () => {
          watching.delete(watched);
          const { answersMs = [], looksMs = [Math.max(...answersMs)] } = list[watched] ?? {};
          return looksMs;
        },
      };
    },
  };
  const judge = async () => {
    attempt += 1;
    nowMs += seconds * 1000;
    demand('calls', 0, list[attempt]?.found ?? -1, words);
  };
  const run = () => judgePromptly(probe, judge).finally(() => expect([...watching]).toEqual([]));
  return { asked, done: () => attempt + 1, run };
}

describe('judgePromptly', () => {
  it('lets pass what passes, however slow', async () => {
    const { run, done } = attemptsOf([{ answersMs: [9_000], found: 0 }]);
    await run();
    expect(done()).toBe(1);
  });

  it('holds a failure against the answer where all was prompt', async () => {
    const { run, done } = attemptsOf([{ answersMs: [10, 200], found: 1 }]);
    await expect(run()).rejects.toMatchObject({ kind: 'failure', actual: 'calls: 1' });
    expect(done()).toBe(1);
  });

  it('judges again what failed while answers were slow, each attempt by its own answers', async () => {
    const slow = { answersMs: [10, 201], found: 1 };
    const right = attemptsOf([slow, slow, { ...slow, found: 0 }]);
    await right.run();
    expect(right.done()).toBe(3);
    expect(right.asked).toEqual([5_000, 6_000]);
    const wrong = attemptsOf([slow, { answersMs: [20], found: 2 }]);
    await expect(wrong.run()).rejects.toMatchObject({ kind: 'failure', actual: 'calls: 2' });
  });

  it('gives up after five attempts, or twenty seconds, and blames nobody', async () => {
    const slow = Array.from({ length: 9 }, () => ({ answersMs: [300, 400], found: 1 }));
    const five = attemptsOf(slow);
    await expect(five.run()).rejects.toThrow(
      'cannot judge: answers took longer than 200 ms, 5 times',
    );
    const long = attemptsOf(slow, 12);
    await expect(long.run()).rejects.toThrow('2 times');
  });

  it('holds it against a server that was slow in every answer of two attempts, and quick when looked at', async () => {
    const waits = { answersMs: [301, 302], looksMs: [900, 50], found: 1 };
    const busy = { answersMs: [301, 302], looksMs: [51, 900, 2], found: 1 };
    const oneWasPrompt = { answersMs: [199, 302], looksMs: [2], found: 1 };
    const notLookedAt = { answersMs: [301], looksMs: [], found: 1 };
    const wrong = attemptsOf([waits, waits, busy, oneWasPrompt, { ...waits, found: 3 }]);
    await expect(wrong.run()).rejects.toMatchObject({ kind: 'failure', actual: 'calls: 3' });
    expect(wrong.done()).toBe(5);
    const unclear = attemptsOf([waits, waits, busy, oneWasPrompt, notLookedAt]);
    await expect(unclear.run()).rejects.toThrow('cannot judge');
    const right = attemptsOf([waits, waits, { ...waits, found: 0 }]);
    await right.run();
  });

  it('passes on what is no failure', async () => {
    const watchMachine = () => ({ end: async () => [2] });
    const probe = { clock: { nowMs: () => 0 }, answerTimesMs: () => [900], watchMachine };
    const bug = () => Promise.reject(new Error('a bug'));
    await expect(judgePromptly(probe, bug)).rejects.toThrow('a bug');
  });
});
