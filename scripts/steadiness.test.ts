import { describe, expect, it } from 'vitest';
import type { Proved } from '../src/authoring/prove-answer.ts';
import type { Outcome } from '../src/grading/verdict.ts';
import { steadinessOf } from './steadiness.ts';

const startFailure = {
  reason: 'exited',
  message: 'It ended.',
  place: undefined,
  output: [],
} as const;

function provedWith(outcomes: Readonly<Record<string, Outcome>>, started = true): Proved {
  const checks = Object.entries(outcomes).map(([id, outcome]) => ({
    id,
    title: id,
    points: 10,
    outcome,
    durationMs: 1,
  }));
  const verdict = { kind: 'code', exercise: 'cache', title: 'Cache', seed: 7, checks } as const;
  const points = { points: 0, possible: 0, notJudged: 0, durationMs: 2 };
  return {
    kind: 'graded',
    verdicts: [{ ...verdict, ...points, ...(!started && { startFailure }) }],
  };
}

const noProgram: Proved = { kind: 'no-program', failure: startFailure };
const worthOf = (proved: Proved, rejectedBy?: string) => {
  const { worth, checks } = steadinessOf(proved, rejectedBy);
  return [worth, ...checks].join(' ');
};

describe('steadinessOf a right answer', () => {
  it.each([
    [{ hit: 'passed', expiry: 'passed' }, 'sound'],
    [{ hit: 'failed', expiry: 'skipped' }, 'false-fail hit'],
    [{ hit: 'errored', expiry: 'failed' }, 'false-fail expiry'],
    [{ hit: 'errored', expiry: 'skipped' }, 'errored hit'],
    [{ hit: 'not-judged', expiry: 'passed' }, 'not-judged hit'],
  ] as const)('finds %o %s', (outcomes, expected) => {
    expect(worthOf(provedWith(outcomes))).toBe(expected);
  });

  it('holds against us that it does not start', () => {
    expect(worthOf(provedWith({ hit: 'skipped' }, false))).toBe('false-fail start');
    expect(worthOf(noProgram)).toBe('false-fail start');
    expect(steadinessOf(noProgram, undefined).found).toBe('does not start: It ended.');
  });
});

describe('steadinessOf a wrong answer', () => {
  it.each([
    [{ hit: 'passed', expiry: 'failed' }, 'sound'],
    [{ hit: 'passed', expiry: 'passed' }, 'false-pass expiry'],
    [{ hit: 'passed', expiry: 'errored' }, 'errored expiry'],
    [{ hit: 'passed', expiry: 'not-judged' }, 'not-judged expiry'],
    [{ hit: 'failed', expiry: 'skipped' }, 'false-fail hit'],
    [{ hit: 'errored', expiry: 'skipped' }, 'errored hit'],
  ] as const)('that names expiry finds %o %s', (outcomes, expected) => {
    expect(worthOf(provedWith(outcomes), 'expiry')).toBe(expected);
  });

  it('is rejected for another reason where it does not start, unless it names that', () => {
    expect(worthOf(noProgram, 'expiry')).toBe('false-fail start');
    expect(worthOf(noProgram, 'start')).toBe('sound');
    expect(worthOf(provedWith({ hit: 'skipped' }, false), 'start')).toBe('sound');
    expect(worthOf(provedWith({ hit: 'passed' }), 'start')).toBe('false-pass start');
    expect(worthOf(provedWith({ hit: 'errored' }), 'start')).toBe('errored hit');
  });

  it('throws where there is no such check: then the lab is at fault', () => {
    expect(() => steadinessOf(provedWith({ hit: 'passed' }), 'expiry')).toThrow(/no check expiry/);
  });
});
