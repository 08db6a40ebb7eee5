import { expect, test } from 'vitest';
import type { Exercise } from '../kit/index.ts';
import { objectives } from '../kit/index.ts';
import { objectiveRows } from './objectives.ts';
import type { Lab } from './types.ts';

function exercise(kind: 'code' | 'question', id: string, serves: Exercise['objectives']): Exercise {
  return { kind, id, title: id, objectives: serves } as Exercise;
}

const lab = {
  number: 3,
  title: 'Invalidation',
  objectives: ['T1', 'E1'],
  exercises: [exercise('question', 'Q1', ['T1', 'E1']), exercise('code', 'C1', ['T2'])],
} as unknown as Lab;

test('every objective has a row; graded code is demanded except for definitions', () => {
  const rows = objectiveRows({ labs: [lab] });
  expect(rows.map((row) => row.id)).toEqual(Object.keys(objectives));
  const row = (id: string) => rows.find((each) => each.id === id);
  expect(row('T1')).toMatchObject({
    labs: [{ number: 3, title: 'Invalidation' }],
    exercises: [{ lab: 3, id: 'Q1', kind: 'question' }],
    graded: false,
  });
  expect(row('E1')).toMatchObject({ definitional: true, graded: true });
  expect(row('T2')).toMatchObject({ labs: [], graded: true });
  expect(row('T3')).toMatchObject({ labs: [], exercises: [], graded: false });
});
