import { describe, expect, it } from 'vitest';
import type { CodeReport, CourseReport, LabReport } from './course-report.ts';
import { report } from './report.testing.ts';
import { findingsOf } from './report-findings.ts';

const [lab] = report.labs as readonly [LabReport];
const [code] = lab.code as readonly [CodeReport];

const withLab = (change: Partial<LabReport>): CourseReport => ({
  ...report,
  labs: [{ ...lab, ...change }],
});
const withCode = (change: Partial<CodeReport>) => withLab({ code: [{ ...code, ...change }] });
const textsOf = (changed: CourseReport) =>
  findingsOf(changed).map(({ kind, text }) => `${kind}: ${text}`);

const verified = { seed: 5, points: 60, possible: 60, notJudged: 0, passed: true, checks: [] };

describe('findings', () => {
  it('are none where all fits', () => {
    expect(findingsOf(report)).toEqual([]);
    expect(findingsOf(withCode({ verified }))).toEqual([]);
  });

  it('tell what grading again showed', () => {
    const checks = [{ id: 'expires', outcome: 'failed' as const }];
    const worse = withCode({ verified: { ...verified, points: 40, passed: false, checks } });
    expect(textsOf(worse)).toEqual([
      'disagrees: Its record says 60 points, and grading the files gave 40 (seed 5). Failed: expires.',
    ]);
    const never = withCode({ verified: { ...verified, points: 0, startFailure: 'server.ts:1:1' } });
    expect(textsOf(never)[0]).toContain('does not start now: server.ts:1:1');
    // For a table that is to be the same each time.
    expect(findingsOf(worse, 'left-out')[0]?.text).toContain('gave 40. Failed: expires.');
  });

  it('hold nothing against an answer that this machine cannot judge', () => {
    const partial = { ...verified, points: 40, notJudged: 20, passed: true };
    expect(findingsOf(withCode({ verified: partial }))).toEqual([]);
  });

  it('hold nothing against an answer that we failed to judge, and tell what failed without that', () => {
    const own = [
      { id: 'expires', title: 'e', points: 20 },
      { id: 'repeat', title: 'r', points: 15 },
      { id: 'shares', title: 's', points: 25 },
    ];
    const outcomes = (expires: 'errored' | 'failed') => [
      { id: 'expires', outcome: expires },
      { id: 'repeat', outcome: 'skipped' as const },
      { id: 'shares', outcome: 'passed' as const },
    ];
    const again = { ...verified, points: 25, passed: false };
    const told = (checks: ReturnType<typeof outcomes>) =>
      textsOf(withCode({ checks: own, verified: { ...again, checks } }));
    expect(told(outcomes('errored'))).toEqual([]);
    expect(told(outcomes('failed'))[0]).toContain('gave 25 (seed 5). Failed: expires.');
  });

  it('note files that have changed, and answers that were shown', () => {
    expect(textsOf(withCode({ asGraded: false }))[0]).toMatch(/^note: The files have changed/);
    expect(textsOf(withLab({ givenUpAt: '2026-03-01T07:00:00Z' }))[0]).toMatch(/^note: The right/);
    expect(textsOf(withCode({ hash: undefined, asGraded: false }))[0]).toMatch(/no files any more/);
  });

  it.each([
    [{ points: 61 }, 'more points than there are'],
    [{ possible: 70, points: 70 }, 'more points than there are'],
    [{ failed: ['expires'] }, 'passed, and has failed checks'],
    [{ at: '2030-01-01T00:00:00Z' }, 'lies in the future'],
    [{ at: 'yesterday' }, 'lies in the future'],
  ])('see an attempt that cannot have been: %j', (change, problem) => {
    const attempts = code.attempts.map((each) => (each.passed ? { ...each, ...change } : each));
    expect(textsOf(withCode({ attempts })).join()).toContain(problem);
  });

  it('tell some of very many such attempts', () => {
    const attempts = Array(5000).fill({ ...code.attempts[0], at: 'yesterday' });
    const texts = textsOf(withCode({ attempts }));
    expect(texts).toHaveLength(4);
    expect(texts[3]).toContain('4997 attempts more like these');
  });

  it('see answers and runs that do not fit', () => {
    const [question] = lab.questions;
    if (!question) throw new Error('no question');
    const more = withLab({ questions: [{ ...question, points: 0, storedPoints: 8 }] });
    expect(textsOf(more)[0]).toContain(
      'Progress says 8 points, and judging the answer again gave 0',
    );
    const noRun = withLab({ questions: [{ ...question, outcome: 'no-run', run: 9 }] });
    expect(textsOf(noRun)[0]).toContain('rests on run 9');
    const [run] = lab.runs;
    if (!run) throw new Error('no run');
    expect(textsOf(withLab({ runs: [{ ...run, seed: 1 }] }))[0]).toContain(
      'with the seed 1, not 4711',
    );
  });
});
