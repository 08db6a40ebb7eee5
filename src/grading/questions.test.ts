import { describe, expect, test } from 'vitest';
import { CourseError } from '../errors.ts';
import type { AnswerFormat, Question, RunRecord } from '../kit/index.ts';
import { parseAnswer } from './answer-text.ts';
import { judgeAnswer } from './judge-question.ts';
import { gradeQuestion, poseQuestion } from './questions.ts';

const options = (...ids: string[]) => ids.map((id) => ({ id, text: `text of ${id}` }));

const formats = {
  rate: { kind: 'number', expected: 0.98, tolerance: { absolute: 0.005 } },
  calls: { kind: 'number', expected: 1234, unit: 'calls', tolerance: { relative: 0.1 } },
  percent: { kind: 'number', expected: 98, unit: '%', tolerance: { absolute: 0 } },
  choice: { kind: 'choice', options: options('a', 'b', 'c'), expected: 'b' },
  match: {
    kind: 'match',
    items: options('hit', 'miss', 'fill'),
    places: options('1', '2', '3'),
    expected: { hit: '3', miss: '1', fill: '2' },
    partialCredit: true,
  },
  strict: {
    kind: 'match',
    items: options('hit', 'miss'),
    places: options('1', '2'),
    expected: { hit: '2', miss: '1' },
    partialCredit: false,
  },
  either: {
    kind: 'match',
    items: options('timeout', 'start'),
    places: options('warn', 'error', 'info'),
    expected: { timeout: 'warn', start: 'info' },
    alsoRight: { timeout: ['error'] },
    partialCredit: true,
  },
  order: { kind: 'order', items: options('1', '2', '3'), expected: ['2', '1', '3'] },
  set: { kind: 'set', items: options('a', 'b', 'c'), expected: ['a', 'c'] },
  nothing: { kind: 'set', items: options('a', 'b'), expected: [] },
  text: { kind: 'text', expected: 'Single Flight' },
} satisfies Record<string, AnswerFormat>;

type Name = keyof typeof formats;

describe('judges', () => {
  test.each<[Name, string, string, number]>([
    ['rate', '0.98', 'right', 10],
    ['rate', '.985', 'right', 10],
    ['rate', '0.9751', 'right', 10],
    ['rate', '0.9749', 'wrong', 0],
    ['rate', '98%', 'right', 10],
    ['rate', ' 98.4 % ', 'right', 10],
    ['rate', '98', 'wrong', 0],
    ['calls', '1,234', 'right', 10],
    ['calls', '1.2e3 calls', 'right', 10],
    ['calls', '1357', 'right', 10],
    ['calls', '1358', 'wrong', 0],
    ['calls', '-1234', 'wrong', 0],
    ['percent', '98%', 'right', 10],
    ['percent', '98', 'right', 10],
    ['choice', 'B', 'right', 10],
    ['choice', 'c', 'wrong', 0],
    ['match', 'hit=3,miss=1,fill=2', 'right', 10],
    ['match', ' FILL = 2 , hit=3,miss=1', 'right', 10],
    ['match', 'hit=3,miss=1,fill=1', 'partly', 7],
    ['match', 'hit=1,miss=2,fill=3', 'wrong', 0],
    ['strict', 'hit=2,miss=1', 'right', 10],
    ['strict', 'hit=2,miss=2', 'wrong', 0],
    ['either', 'timeout=warn,start=info', 'right', 10],
    ['either', 'timeout=error,start=info', 'right', 10],
    ['either', 'timeout=info,start=info', 'partly', 5],
    ['either', 'timeout=error,start=error', 'partly', 5],
    ['order', '2>1>3', 'right', 10],
    ['order', '1 > 2 > 3', 'wrong', 0],
    ['set', 'c, A', 'right', 10],
    ['set', 'a', 'wrong', 0],
    ['set', 'a,b,c', 'wrong', 0],
    ['set', 'none', 'wrong', 0],
    ['nothing', 'none', 'right', 10],
    ['text', ' single   flight ', 'right', 10],
    ['text', 'singleflight', 'wrong', 0],
  ])('%s, answered %s: %s', (name, text, outcome, points) => {
    expect(judgeAnswer(text, formats[name], 10)).toEqual({ outcome, points });
  });

  test('a part never earns everything, and a part too small for a point is wrong', () => {
    expect(judgeAnswer('hit=3,miss=1,fill=1', formats.match, 1)).toEqual({
      outcome: 'wrong',
      points: 0,
    });
    expect(judgeAnswer('hit=3,miss=1,fill=1', formats.match, 2)).toEqual({
      outcome: 'partly',
      points: 1,
    });
  });
});

describe('refuses to read', () => {
  test.each<[Name, string, string]>([
    ['rate', '', 'it is empty'],
    ['rate', '0,98', 'it is no number'],
    ['rate', '0,985', 'it is no number'],
    ['calls', '12,34', 'it is no number'],
    ['calls', '0x10', 'it is no number'],
    ['calls', 'Infinity', 'it is no number'],
    ['calls', 'NaN', 'it is no number'],
    ['calls', '1e999', 'it is too large'],
    ['choice', 'd', '"d" is none of a, b, c'],
    ['choice', 'constructor', '"constructor" is none of a, b, c'],
    ['match', 'hit=3,miss=1', 'fill is missing'],
    ['match', 'hit=3,hit=1,fill=2', '"hit" stands twice'],
    ['match', 'hit:3', '"hit:3" is no pair with one "="'],
    ['match', 'hit=9,miss=1,fill=2', '"9" is none of 1, 2, 3'],
    ['order', '2>1', 'it names 2 of 3'],
    ['order', '2>2>3', '"2" stands twice'],
    ['order', '2,1,3', '"2,1,3" is none of 1, 2, 3'],
    ['set', 'a,,c', '"" is none of a, b, c'],
    ['set', 'a,a', '"a" stands twice'],
  ])('%s, answered %s', (name, text, why) => {
    const read = () => parseAnswer(text, formats[name]);
    expect(read).toThrow(why);
    expect(read).toThrow(CourseError);
  });

  test('and says how to write it, without the right answer', () => {
    try {
      parseAnswer('hit', formats.match);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        exitCode: 2,
        nextStep: 'Write it like this: hit=1,miss=1,fill=1',
      });
    }
  });
});

describe('poses', () => {
  const base = { title: 'A question', objectives: [], points: 10, hints: ['1', '2', '3'] } as const;
  const onSeed: Question = {
    ...base,
    kind: 'question',
    id: 'Q1',
    basis: 'seed',
    pose: (school, random) => ({
      text: `How many of ${school.students.length}?`,
      format: { kind: 'number', expected: random.integer(1, 1e9), tolerance: { absolute: 0 } },
      why: 'So it was drawn.',
    }),
  };
  const onRun: Question = {
    ...base,
    kind: 'question',
    id: 'Q2',
    basis: 'run',
    pose: (run) => ({
      text: 'How many?',
      format: {
        kind: 'number',
        expected: Number(run.experiments.look?.data.count),
        tolerance: { absolute: 0 },
      },
      why: 'So it was counted.',
    }),
  };
  const run: RunRecord = {
    id: 4,
    lab: 1,
    seed: 7,
    predictions: {},
    benches: {},
    experiments: {
      look: { exhibit: { kind: 'table', columns: [], rows: [] }, data: { count: 12 } },
    },
  };
  const basis = { lab: 1, seed: 7, run };
  const expected = (seed: number, lab = 1, question = onSeed) => {
    const format = poseQuestion(question, { lab, seed, run: undefined })?.format;
    return format?.kind === 'number' ? format.expected : undefined;
  };

  test('the same for the same seed, another for another seed, lab or question', () => {
    expect(expected(7)).toBe(expected(7));
    const others = [expected(8), expected(7, 2), expected(7, 1, { ...onSeed, id: 'Q9' })];
    expect(new Set([expected(7), ...others]).size).toBe(4);
  });

  test('and judges an answer', () => {
    expect(gradeQuestion(onSeed, String(expected(7)), basis)).toMatchObject({
      outcome: 'right',
      points: 10,
      selfReported: false,
      why: 'So it was drawn.',
    });
    const wrong = gradeQuestion(onSeed, '0', basis);
    expect(wrong).toMatchObject({ outcome: 'wrong', points: 0 });
    // It would give the right answer away.
    expect(wrong).not.toHaveProperty('why');
    expect(gradeQuestion(onRun, ' 12 ', basis)).toEqual({
      kind: 'question',
      exercise: 'Q2',
      title: 'A question',
      outcome: 'right',
      points: 10,
      possible: 10,
      given: '12',
      why: 'So it was counted.',
      selfReported: true,
      run: 4,
    });
  });

  test('nothing without an answer or without a run, and does not tell why', () => {
    const unanswered = gradeQuestion(onSeed, undefined, basis);
    expect(unanswered).toMatchObject({ outcome: 'unanswered', points: 0 });
    expect(unanswered).not.toHaveProperty('why');
    expect(gradeQuestion(onRun, '12', { ...basis, run: undefined })).toMatchObject({
      outcome: 'no-run',
    });
  });

  test('a run that lacks what is asked for cannot be judged, which is not the learner’s fault', () => {
    const broken: Question = {
      ...onRun,
      pose: () => {
        throw new Error('no experiment "look"');
      },
    };
    expect(() => gradeQuestion(broken, '12', basis)).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: expect.stringContaining('from run 4: no experiment "look"'),
      }),
    );
  });
});
