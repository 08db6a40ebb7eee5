import { describe, expect, test } from 'vitest';
import { codePassed, combineVerdicts, exitCodeOf } from './lab-verdict.ts';
import type { CodeVerdict, Outcome, QuestionVerdict } from './verdict.ts';

function code(...outcomes: Outcome[]): CodeVerdict {
  return {
    kind: 'code',
    exercise: 'C1',
    title: 'C1',
    seed: 1,
    checks: outcomes.map((outcome, index) => ({
      id: `c${index}`,
      title: '',
      points: 10,
      outcome,
      durationMs: 0,
    })),
    points: 10 * outcomes.filter((outcome) => outcome === 'passed').length,
    possible: 10 * outcomes.length,
    notJudged: 0,
    durationMs: 0,
  };
}

function question(outcome: QuestionVerdict['outcome'], points = 0): QuestionVerdict {
  return {
    kind: 'question',
    exercise: 'Q1',
    title: 'Q1',
    outcome,
    points,
    possible: 20,
    selfReported: true,
  };
}

const neverStarted: CodeVerdict = {
  ...code('skipped'),
  startFailure: { reason: 'exited', message: '', place: undefined, output: [] },
};

describe('the exit code', () => {
  test.each<[string, CodeVerdict[], QuestionVerdict[], number]>([
    ['all passed', [code('passed')], [question('right')], 0],
    ['nothing judged', [], [], 0],
    ['failed beats errored', [code('errored', 'failed')], [], 1],
    ['errored, and skipped for it', [code('errored', 'skipped')], [], 3],
    ['not judged here', [code('passed', 'not-judged')], [], 0],
    ['never started', [neverStarted], [], 1],
    ['a wrong answer', [code('passed')], [question('wrong')], 1],
    ['partly right is not right', [code('passed')], [question('partly')], 1],
    ['a question without an answer', [code('passed')], [question('unanswered')], 0],
    ['a question without a run', [code('passed')], [question('no-run')], 0],
  ])('%s', (_, codes, questions, expected) => {
    expect(exitCodeOf({ code: codes, questions })).toBe(expected);
  });

  test('a question that was named needs its run', () => {
    expect(exitCodeOf({ code: [], questions: [question('no-run')] }, true)).toBe(3);
  });
});

test('points add up over code and questions', () => {
  const lab = { number: 7, slug: 'two-users', title: 'Two users' };
  const verdict = combineVerdicts(lab, [code('passed', 'failed')], [question('right', 20)]);
  expect(verdict).toMatchObject({ lab, points: 30, possible: 40 });
});

test('passed means every check, but for what cannot be judged here', () => {
  expect(codePassed(code('passed', 'not-judged'))).toBe(true);
  expect(codePassed(code('passed', 'skipped'))).toBe(false);
  expect(codePassed(neverStarted)).toBe(false);
});
