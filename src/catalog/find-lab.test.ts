import { describe, expect, test } from 'vitest';
import { CourseError } from '../errors.ts';
import { findLab } from './find-lab.ts';
import type { Catalog, Lab } from './types.ts';

const titles: Record<string, string> = {
  '01-measure-a-miss': 'Measure a miss: cache-aside',
  '02-keys-and-ttl': 'Keys and TTL',
  '07-two-users-one-cache': 'Two users, one cache',
  '12-capstone': 'Capstone: an incident, from its logs',
};

const catalog: Catalog = {
  labs: Object.entries(titles).map(([folderName, title]) => {
    const [number, ...slug] = folderName.split('-');
    return { number: Number(number), slug: slug.join('-'), folderName, title } as Lab;
  }),
};

function refusal(name: string): CourseError {
  try {
    findLab(catalog, name);
  } catch (error) {
    if (error instanceof CourseError) return error;
  }
  throw new Error(`"${name}" was not refused`);
}

describe('finds a lab', () => {
  test.each([
    ['7', 7],
    ['07', 7],
    ['two-users-one-cache', 7],
    ['07-two-users-one-cache', 7],
    ['users', 7],
    ['Two Users', 7],
    ['incident', 12],
    ['ttl', 2],
    ['capstone', 12],
  ])('by %s', (name, number) => {
    expect(findLab(catalog, name).number).toBe(number);
  });
});

describe('refuses', () => {
  test('a number out of range, with the nearest', () => {
    const error = refusal('13');
    expect(error.exitCode).toBe(2);
    expect(error.message).toBe(
      'There is no lab "13". Labs go from 1 to 12; did you mean 12, Capstone: an incident, from its logs?',
    );
    expect(error.nextStep).toBe('All of them: course-labs list');
  });

  test('a misspelt word, with the lab that is nearest', () => {
    expect(refusal('capstoen').message).toContain('did you mean 12, Capstone');
    expect(refusal('mesure').message).toContain('did you mean 1, Measure a miss');
  });

  test('a word that is near nothing, without a guess', () => {
    expect(refusal('kubernetes').message).toBe(
      'There is no lab "kubernetes". Labs go from 1 to 12.',
    );
  });

  test('a part that fits several, and lists them', () => {
    expect(refusal('cache').message).toBe(
      '"cache" fits 2 labs: 1, Measure a miss: cache-aside; 7, Two users, one cache.',
    );
  });

  test('an empty name, and a name without a letter', () => {
    expect(refusal('').exitCode).toBe(2);
    expect(refusal('--').exitCode).toBe(2);
  });
});
