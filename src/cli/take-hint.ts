import type { Lab } from '../catalog/types.ts';
import type { Exercise } from '../kit/index.ts';
import type { HintModel } from '../render/hint.ts';
import { labProgress, recordHint, updateProgress, type Workspace } from '../workspace/index.ts';
import type { Session } from './session.ts';

/** One hint more, which is kept with the learner's progress; after the last one, the last again. */
export async function takeHint(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  exercise: Exercise,
): Promise<Omit<HintModel, 'next'>> {
  const progress = await updateProgress(
    workspace,
    (before) => recordHint(before, lab.number, exercise.id),
    session.warn,
  );
  const number = labProgress(progress, lab.number).hints[exercise.id] ?? 1;
  return {
    lab: { number: lab.number, title: lab.title },
    exercise: exercise.id,
    title: exercise.title,
    number,
    total: exercise.hints.length,
    text: exercise.hints[number - 1] ?? '',
  };
}
