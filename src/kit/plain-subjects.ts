import type { School, Subject } from './school.ts';

/** The subjects without awkward names, in the seed's order: for scenarios and screens. */
export function plainSubjects({ subjects, awkwardSubjects }: School): Subject[] {
  const awkward = new Set(awkwardSubjects.map(({ name }) => name));
  return subjects.filter(({ name }) => !awkward.has(name));
}
