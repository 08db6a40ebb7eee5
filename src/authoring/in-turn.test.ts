import { expect, test } from 'vitest';
import { runInLanes, runInTurn } from './in-turn.ts';

test('never more than the width at a time, and all of them', async () => {
  let [running, most, done] = [0, 0, 0];
  const task = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done += 1;
  };
  await runInTurn(
    Array.from({ length: 9 }, () => task),
    2,
  );
  expect([most, done]).toEqual([2, 9]);
});

test('what one throws ends it after those under way', async () => {
  const ended: string[] = [];
  const slow = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    ended.push('slow');
  };
  const breaks = async () => {
    throw new Error('broken');
  };
  const never = async () => void ended.push('never');
  await expect(runInTurn([slow, breaks, never], 2)).rejects.toThrow('broken');
  expect(ended).toEqual(['slow']);
});

test('of several series, each keeps to one while it lasts, and helps where most is left', async () => {
  const order: string[] = [];
  const series = (name: string, length: number) =>
    Array.from({ length }, (_, index) => async () => {
      order.push(`${name}${index}`);
      await new Promise((resolve) => setImmediate(resolve));
    });
  await runInLanes([series('a', 5), series('b', 3), series('c', 1)], 2);
  // Who comes second is better off with b than with half of a, and at its end takes c: half of a is less, again.
  expect(order).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'c0', 'a4']);
});
