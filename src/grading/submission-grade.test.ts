import { describe, expect, it } from 'vitest';
import { report } from './report.testing.ts';
import { compareSubmissions, gradeOf, type SubmissionGrade } from './submission-grade.ts';

const nothing = { prints: [], flags: [] };

describe('a grade', () => {
  it('takes code as it was graded now, and questions apart by what they rest on', () => {
    const grade = gradeOf('ada', 'hash', report, [], nothing);
    // The record says 60 points, and nothing was graded again.
    expect(grade).toMatchObject({
      points: 8,
      selfReportedPoints: 8,
      learner: 'grace <h>',
      seed: 4711,
    });
    expect(grade.exercises).toEqual([
      { exercise: '1.C1', points: 0, possible: 60, selfReported: false },
      { exercise: '1.Q1', points: 8, possible: 8, selfReported: true },
      { exercise: '1.Q3', points: 0, possible: 12, selfReported: false },
    ]);
  });

  it('flags what does not fit, and what was our own fault', () => {
    const [lab] = report.labs;
    const [code] = lab?.code ?? [];
    if (!lab || !code) throw new Error('no code');
    const checks = [
      { id: 'repeat', outcome: 'errored' as const, reason: 'The registrar ended (SIGKILL).' },
      { id: 'fills', outcome: 'errored' as const, reason: 'The registrar ended (SIGKILL).' },
      { id: 'expires', outcome: 'not-judged' as const },
    ];
    const verified = { seed: 5, points: 0, possible: 60, notJudged: 20, passed: false, checks };
    const labs = [{ ...lab, givenUpAt: '2026-03-01T07:00:00Z', code: [{ ...code, verified }] }];
    const findings = [
      { lab: 1, exercise: 'C1', kind: 'disagrees' as const, text: 'Its record is impossible.' },
      { lab: 1, kind: 'note' as const, text: 'Worth knowing.' },
    ];
    const { flags } = gradeOf('ada', 'hash', { ...report, labs }, findings, nothing);
    expect(flags.map(({ kind }) => kind)).toEqual([
      'evidence',
      'given-up',
      'errored',
      'not-judged',
    ]);
    expect(flags[2]?.text).toBe(
      'Lab 1, C1: our own fault in repeat, fills. What happened: The registrar ended (SIGKILL).',
    );
  });

  it('says why nothing could be checked, where no record of it does', () => {
    const [lab] = report.labs;
    const [code] = lab?.code ?? [];
    if (!lab || !code) throw new Error('no code');
    const startFailure = 'server.ts:1:7: Unexpected token.';
    const verified = { seed: 5, points: 0, possible: 60, notJudged: 0, passed: false, checks: [] };
    const never = { ...code, verified: { ...verified, startFailure } };
    const flagsWith = (attempts: typeof code.attempts) =>
      gradeOf(
        'a',
        'h',
        { ...report, labs: [{ ...lab, code: [{ ...never, attempts }] }] },
        [],
        nothing,
      ).flags;
    expect(flagsWith([])).toEqual([
      { kind: 'no-start', text: 'Lab 1, C1 does not start: server.ts:1:7: Unexpected token.' },
    ]);
    expect(flagsWith(code.attempts)).toEqual([]);
  });
});

describe('submissions beside each other', () => {
  const grade = (id: string, seed: number, ...prints: string[]): SubmissionGrade => ({
    ...gradeOf(id, id, { ...report, seed }, [], nothing),
    prints: prints.map((fingerprint, index) => ({ exercise: `${index + 1}.C1`, fingerprint })),
  });
  const flagsOf = (grades: readonly SubmissionGrade[]) =>
    Object.fromEntries(grades.map(({ id, flags }) => [id, flags.map(({ text }) => text)]));

  it('are in the order of their names, with what is equal', () => {
    const compared = compareSubmissions([
      grade('cleo', 3, 'x', 'z'),
      grade('bob', 2, 'x'),
      grade('ada', 2, 'y', 'x'),
    ]);
    expect(compared.map(({ id }) => id)).toEqual(['ada', 'bob', 'cleo']);
    expect(flagsOf(compared)).toEqual({
      ada: ['Seed 2 is that of bob, too.'],
      bob: ['1.C1 is the same as that of cleo.', 'Seed 2 is that of ada, too.'],
      cleo: ['1.C1 is the same as that of bob.'],
    });
  });

  it('leave out what could not be graded', () => {
    const broken: SubmissionGrade = { ...grade('hal', 2, 'x'), status: 'broken' };
    expect(flagsOf(compareSubmissions([broken, grade('ada', 2, 'x')]))).toEqual({
      ada: [],
      hal: [],
    });
  });
});
