import type { Lab, Lesson } from '../catalog/types.ts';

/** Steps that are nothing without words; the others show what was measured or judged. */
const wordy: readonly string[] = ['read', 'predict', 'explain', 'edit'];

/** Every step has its section, with a text where it needs one, and no section is left over. */
export function lessonProblems({ steps }: Pick<Lab, 'steps'>, lesson: Lesson): readonly string[] {
  const ids = steps.map(({ id }) => id);
  const missing = ids.filter((id) => !lesson.has(id));
  const empty = steps.filter(({ id, kind }) => wordy.includes(kind) && lesson.get(id)?.text === '');
  const left = [...lesson.keys()].filter((id) => !ids.includes(id));
  return [
    ...missing.map((id) => `lesson.md has no section for the step ${id}`),
    ...empty.map(({ id }) => `the section ${id} of lesson.md has no text`),
    ...left.map((id) => `lesson.md has a section ${id}, and there is no such step`),
  ];
}
