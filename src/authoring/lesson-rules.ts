import type { Lab, Lesson } from '../catalog/types.ts';

/** Every step has its section, and no section is left over. */
export function lessonProblems({ steps }: Pick<Lab, 'steps'>, lesson: Lesson): readonly string[] {
  const ids = steps.map(({ id }) => id);
  const missing = ids.filter((id) => !lesson.has(id));
  const left = [...lesson.keys()].filter((id) => !ids.includes(id));
  return [
    ...missing.map((id) => `lesson.md has no section for the step ${id}`),
    ...left.map((id) => `lesson.md has a section ${id}, and there is no such step`),
  ];
}
