import { enumerate } from './format.ts';
import { commandLines, paragraph, screen, stack } from './layout.ts';
import { tableLines } from './table.ts';

/** An objective and where it is practised. */
export interface ObjectiveRow {
  /** `T5` */
  id: string;
  text: string;
  /** By lab, in order; empty while no lab serves it. */
  servedBy: readonly {
    lab: number;
    /** `Q1`, `C1`: graded exercises; empty where the lab only teaches it. */
    exercises: readonly string[];
  }[];
}

export interface ObjectivesModel {
  objectives: readonly ObjectiveRow[];
}

/** What the course teaches, and the labs and graded exercises for each objective. */
export const renderObjectives = screen<ObjectivesModel>(({ objectives }, theme) => {
  const unserved = objectives.filter(({ servedBy }) => servedBy.length === 0).map(({ id }) => id);
  const answer =
    unserved.length === 0
      ? `What you will be able to do: ${objectives.length} objectives, each with its labs and graded exercises.`
      : `${objectives.length} objectives; no lab serves ${enumerate(unserved)} yet.`;
  const rows = objectives.map(({ id, text, servedBy }) => [
    theme.style.accent(id),
    text,
    servedBy
      .map(
        ({ lab, exercises }) =>
          `lab\u00A0${lab}${exercises.length > 0 ? `\u00A0(${exercises.join(',\u00A0')})` : ''}`,
      )
      .join(', ') || 'no lab yet',
  ]);
  const columns = [
    {},
    { heading: 'objective', spoken: '', wraps: true },
    { heading: 'practised in', wraps: true },
  ];
  return stack(
    paragraph(answer, theme),
    tableLines(columns, rows, theme),
    commandLines([{ label: 'Open a lab', command: `${theme.program} run 1` }], theme),
  );
});
