import { describe, expect, it } from 'vitest';
import { benchOptions } from './options.ts';

describe('benchOptions', () => {
  it('fills in what was not asked for', () => {
    expect(benchOptions({}, 20)).toEqual({
      rounds: 5,
      durationSeconds: 2,
      connections: 20,
      warmUpSeconds: 1,
    });
  });

  it('warms up for half a round, and for a second at most', () => {
    const warmUp = (durationSeconds: number) => benchOptions({ durationSeconds }, 20).warmUpSeconds;
    expect([1, 1.5, 2, 60].map(warmUp)).toEqual([0.5, 0.75, 1, 1]);
  });

  it('takes what is within the bounds', () => {
    for (const asked of [
      { rounds: 3, durationSeconds: 1, connections: 1 },
      { rounds: 50, durationSeconds: 60, connections: 500 },
      { rounds: 4, durationSeconds: 1.5, connections: 8 },
    ]) {
      expect(benchOptions(asked, 20)).toMatchObject(asked);
    }
  });

  it.each([
    [{ rounds: 2 }, '--rounds must be a whole number from 3 to 50, not 2.'],
    [{ rounds: 51 }, '--rounds must be a whole number from 3 to 50, not 51.'],
    [{ rounds: 3.5 }, '--rounds must be a whole number from 3 to 50, not 3.5.'],
    [{ durationSeconds: 0.5 }, '--duration must be a number of seconds from 1 to 60, not 0.5.'],
    [{ durationSeconds: 61 }, '--duration must be a number of seconds from 1 to 60, not 61.'],
    [
      { durationSeconds: Number.NaN },
      '--duration must be a number of seconds from 1 to 60, not NaN.',
    ],
    [{ connections: 0 }, '--connections must be a whole number from 1 to 500, not 0.'],
    [{ connections: 501 }, '--connections must be a whole number from 1 to 500, not 501.'],
  ])('refuses %o as a usage error', (asked, message) => {
    expect(() => benchOptions(asked, 20)).toThrow(
      expect.objectContaining({ message, exitCode: 2 }),
    );
  });
});
