import { expect, test } from 'vitest';
import type { AnswerFormat, SeedQuestion } from '../kit/index.ts';
import { questionProblems } from './question-rules.ts';

const options = (...ids: string[]) => ids.map((id) => ({ id, text: `text of ${id}` }));

function problems(alsoRight: Record<string, readonly string[]>): readonly string[] {
  const format: AnswerFormat = {
    kind: 'match',
    items: options('timeout', 'start'),
    places: options('warn', 'error', 'info'),
    expected: { timeout: 'warn', start: 'info' },
    alsoRight,
    partialCredit: true,
  };
  const question: SeedQuestion = {
    kind: 'question',
    basis: 'seed',
    id: 'Q1',
    title: 'Levels',
    objectives: ['E6'],
    points: 10,
    hints: ['one', 'two', 'three'],
    pose: () => ({ text: 'Which level?', format, why: 'Because.' }),
  };
  return questionProblems({ number: 1, exercises: [question] }, [7], undefined);
}

test('a further place that is right must be one that can be chosen, and another one', () => {
  expect(problems({ timeout: ['error'] })).toEqual([]);
  expect(problems({ nobody: ['warn'] })).toEqual([
    'Q1, seed 7: "nobody" is also right, and is no item',
  ]);
  expect(problems({ start: ['fatal'] })).toEqual([
    'Q1, seed 7: start=fatal is also right, and "fatal" is no place',
  ]);
  expect(problems({ start: ['info'] })).toEqual(['Q1, seed 7: start=info is right twice']);
});
