import { expect, it } from 'vitest';
import { plainSubjects } from './plain-subjects.ts';
import type { School } from './school.ts';

it('leaves the awkward names out and keeps the order', () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  const subjects = named('Music', 'C#', 'Art', 'constructor', 'Latin');
  const school = { subjects, awkwardSubjects: named('constructor', 'C#') } as unknown as School;
  expect(plainSubjects(school)).toEqual(named('Music', 'Art', 'Latin'));
});
