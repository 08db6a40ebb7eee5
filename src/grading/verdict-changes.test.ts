import { describe, expect, it } from 'vitest';
import type { CodeVerdict, Outcome } from './verdict.ts';
import { changesSince, standingOf, standingOfAttempt } from './verdict-changes.ts';

/** Each check has ten points. */
function verdict(
  outcomes: Readonly<Record<string, Outcome>>,
  more: Partial<CodeVerdict> = {},
): CodeVerdict {
  const checks = Object.entries(outcomes).map(([id, outcome]) => ({
    id,
    title: id,
    points: 10,
    outcome,
    durationMs: 1,
  }));
  return {
    kind: 'code',
    exercise: 'C1',
    title: 'Code',
    seed: 1,
    checks,
    points: 10 * checks.filter(({ outcome }) => outcome === 'passed').length,
    possible: 10 * checks.length,
    notJudged: 0,
    durationMs: 1,
    ...more,
  };
}

const broken: Partial<CodeVerdict> = {
  points: 0,
  startFailure: { reason: 'syntax', message: 'server.ts:1:1: no.', place: undefined, output: [] },
};

function changes(before: CodeVerdict, after: CodeVerdict, hash = 'new') {
  const standing = standingOf(before, 'old');
  if (standing === undefined) throw new Error('nothing to compare with');
  return changesSince(standing, after, hash);
}

describe('what changed between two gradings', () => {
  it('names what passes now, what fails now and what is not judged any more', () => {
    const before = verdict({ a: 'passed', b: 'failed', c: 'passed', d: 'skipped', e: 'passed' });
    const after = verdict({ a: 'failed', b: 'passed', c: 'skipped', d: 'passed', e: 'errored' });
    expect(changes(before, after)).toEqual({
      kind: 'compared',
      nowPass: ['b', 'd'],
      nowFail: ['a'],
      nowUnjudged: ['c', 'e'],
      points: -10,
      sameFiles: false,
    });
  });

  it('says nothing of what did not pass before and does not now', () => {
    const before = verdict({ a: 'failed', b: 'skipped', c: 'errored', d: 'not-judged' });
    const after = verdict({ a: 'skipped', b: 'failed', c: 'failed', d: 'not-judged' });
    expect(changes(before, after)).toMatchObject({
      nowPass: [],
      nowFail: [],
      nowUnjudged: [],
      points: 0,
    });
  });

  it('tells the same files from others', () => {
    const same = verdict({ a: 'passed' });
    expect(changes(same, same, 'old')).toMatchObject({ sameFiles: true });
    expect(changes(same, same, 'new')).toMatchObject({ sameFiles: false });
  });

  it('of an answer that does not start tells what the last one came to that did', () => {
    const before = verdict({ a: 'passed', b: 'failed' });
    const after = verdict({ a: 'skipped', b: 'skipped' }, broken);
    expect(changes(before, after)).toEqual({ kind: 'not-started', points: 10, possible: 20 });
    expect(standingOf(after, 'new')).toBeUndefined();
  });
});

describe('an attempt that was kept', () => {
  const attempt = { points: 10, possible: 30, hash: 'old', notJudged: 0, failed: ['b', 'c'] };
  const checks = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it('stands as the verdict did', () => {
    const standing = standingOfAttempt(attempt, checks);
    expect(standing).toEqual({ points: 10, possible: 30, passed: ['a'], hash: 'old' });
  });

  it('is not compared where some checks could not be judged: it does not tell which', () => {
    expect(standingOfAttempt({ ...attempt, notJudged: 10 }, checks)).toBeUndefined();
  });
});
