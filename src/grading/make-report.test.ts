import { describe, expect, it } from 'vitest';
import type { Attempt } from '../workspace/index.ts';
import { bestAttempt } from './make-report.ts';

const attempt = (points: number, hash = ''): Attempt => ({
  exercise: 'C1',
  at: '2026-03-01T10:00:00.000Z',
  seed: 1,
  points,
  possible: 60,
  notJudged: 0,
  passed: points === 60,
  failed: [],
  hash,
});

describe('the attempt that counts', () => {
  it('has the most points, and of equal ones is the latest', () => {
    expect(bestAttempt([])).toBeUndefined();
    const attempts = [attempt(20), attempt(60, 'first'), attempt(60, 'second'), attempt(40)];
    expect(bestAttempt(attempts)?.hash).toBe('second');
  });

  it('is found among more of them than a function takes arguments', () => {
    const many = Array<Attempt>(300_000).fill(attempt(0));
    expect(bestAttempt([...many, attempt(60)])?.points).toBe(60);
  });
});
