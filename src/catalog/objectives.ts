import { definitional, type ObjectiveId, objectives } from '../kit/index.ts';
import type { LabSummary } from './lab-list.ts';

/** What serves one objective: the row of `list --objectives`. */
export interface ObjectiveRow {
  id: ObjectiveId;
  text: string;
  /** A definition: a graded question is enough for it; any other needs graded code. */
  definitional: boolean;
  labs: readonly { number: number; title: string }[];
  exercises: readonly { lab: number; id: string; title: string; kind: 'code' | 'question' }[];
  /** It has the graded exercise that it needs. */
  graded: boolean;
}

/** For each objective of the course the labs and graded exercises that serve it, in the order of the objectives. */
export function objectiveRows({ labs }: { labs: readonly LabSummary[] }): readonly ObjectiveRow[] {
  return (Object.keys(objectives) as ObjectiveId[]).map((id) => {
    const isDefinition = definitional.includes(id);
    const exercises = labs.flatMap((lab) =>
      lab.exercises
        .filter((exercise) => exercise.objectives.includes(id))
        .map(({ id: exercise, title, kind }) => ({ lab: lab.number, id: exercise, title, kind })),
    );
    return {
      id,
      text: objectives[id],
      definitional: isDefinition,
      labs: labs
        .filter((lab) => lab.objectives.includes(id))
        .map(({ number, title }) => ({ number, title })),
      exercises,
      graded: exercises.some(({ kind }) => kind === 'code' || isDefinition),
    };
  });
}
