import { describe, expect, it } from 'vitest';
import type { Proved } from '../src/authoring/prove-answer.ts';
import type { CheckResult, CodeVerdict, Outcome } from '../src/grading/verdict.ts';
import { type Acceptance, acceptanceOf, acceptanceRows } from './acceptance.ts';

const of = { lab: 3, answer: 'with-shelves', seed: 7 };
const check = (id: string, outcome: Outcome): CheckResult => ({
  id,
  title: id,
  points: 1,
  outcome,
  durationMs: 1,
});
const proved = (checks: readonly CheckResult[], more: Partial<CodeVerdict> = {}): Proved => ({
  kind: 'graded',
  verdicts: [
    {
      kind: 'code',
      exercise: 'C1',
      title: 'C1',
      seed: 7,
      checks,
      points: 0,
      possible: 1,
      notJudged: 0,
      durationMs: 1,
      ...more,
    },
  ],
});
const failure = { reason: 'exited', message: 'it ended', place: undefined, output: [] } as const;

describe('what a grading of a right answer came to', () => {
  it('is accepted when every check passed', () => {
    expect(acceptanceOf(proved([check('a', 'passed')]), of)).toEqual({
      ...of,
      rejectedBy: [],
      notJudged: [],
      reason: undefined,
    });
  });

  it('is rejected by what failed and by what broke, and not by what had to wait', () => {
    const found = acceptanceOf(
      proved([check('a', 'failed'), check('b', 'errored'), check('c', 'skipped')]),
      of,
    );
    expect(found.rejectedBy).toEqual(['a', 'b']);
    expect(found.reason).toContain('seed 7');
  });

  it('is not rejected by what this machine cannot judge', () => {
    const found = acceptanceOf(proved([check('a', 'passed'), check('b', 'not-judged')]), of);
    expect(found.rejectedBy).toEqual([]);
    expect(found.notJudged).toEqual(['b']);
  });

  it('is rejected by the start where it never became ready, or cannot be compiled', () => {
    const never = proved([check('a', 'skipped')], { startFailure: failure });
    expect(acceptanceOf(never, of).rejectedBy).toEqual(['start']);
    const none = { kind: 'no-program', failure } as const;
    expect(acceptanceOf(none, of).rejectedBy).toEqual(['start']);
  });
});

describe('the table', () => {
  const good: Acceptance = { ...of, rejectedBy: [], notJudged: [], reason: undefined };

  it('counts an answer as rejected that one seed of several rejects', () => {
    const [row] = acceptanceRows([
      good,
      { ...good, seed: 8, rejectedBy: ['a'] },
      { ...good, answer: 'with-leases' },
    ]);
    expect(row).toEqual({
      what: 'lab 3',
      figure: '2 answers, 1 accepted, 3 gradings',
      against: 'rejected with-shelves: a',
      within: false,
    });
  });

  it('has the labs in order, and tells what was not judged', () => {
    const rows = acceptanceRows([{ ...good, lab: 5, notJudged: ['redis'] }, good]);
    expect(rows.map(({ what }) => what)).toEqual(['lab 3', 'lab 5']);
    expect(rows[1]?.against).toBe('rejected none; not judged here: redis');
    expect(rows.every(({ within }) => within)).toBe(true);
  });
});
