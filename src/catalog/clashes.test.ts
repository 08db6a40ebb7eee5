import { expect, test } from 'vitest';
import { CourseError } from '../errors.ts';
import { refuseClashes } from './clashes.ts';

const ours = [
  { number: 1, slug: 'misses' },
  { number: 2, slug: 'keys' },
];

function told(own: { number: number; slug: string }[]) {
  try {
    refuseClashes([ours, own]);
    return undefined;
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    return { exitCode: error.exitCode, message: error.message, nextStep: error.nextStep };
  }
}

test("labs with numbers and names of their own stand beside the course's", () => {
  expect(told([{ number: 3, slug: 'own' }])).toBeUndefined();
  expect(told([])).toBeUndefined();
});

test('two labs of one folder are a matter of its validation', () => {
  const own = { number: 3, slug: 'own' };
  expect(told([own, own])).toBeUndefined();
});

test('a number of ours is told, with one that nobody has', () => {
  const own = [
    { number: 2, slug: 'own' },
    { number: 3, slug: 'other' },
  ];
  expect(told(own)).toEqual({
    exitCode: 3,
    message: 'Your lab 02-own has the number of the lab 02-keys.',
    nextStep: 'Rename its folder, for instance to 04-own',
  });
});

test('a name of ours is told', () => {
  expect(told([{ number: 3, slug: 'keys' }])?.message).toBe(
    'Your lab 03-keys has the name of the lab 02-keys.',
  );
});
