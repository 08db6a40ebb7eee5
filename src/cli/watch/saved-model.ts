import type { Lab } from '../../catalog/types.ts';
import { codePassed, combineVerdicts } from '../../grading/lab-verdict.ts';
import { timeOfDay } from '../../render/format.ts';
import type { WatchedSave } from '../../render/watch.ts';
import { repairsOf } from '../repairs.ts';
import type { Session } from '../session.ts';
import { nextCommands, predictionNotes } from '../verdict-notes.ts';
import type { GradedSave, WatchSubject } from './grade-save.ts';
import type { Save } from './watch-answer.ts';

const goesOn = 'That is all of the code. Watching goes on, should you want to change something.';

/** What is shown of the grade of a save. */
export async function savedModel(
  session: Session,
  { lab, workspace }: Pick<WatchSubject, 'lab' | 'workspace'>,
  save: Save,
  { exercises }: GradedSave,
): Promise<WatchedSave> {
  const verdicts = exercises.map(({ verdict }) => verdict);
  const passed = verdicts.every(codePassed);
  const { program } = session.theme;
  return {
    lab: { number: lab.number },
    savedAt: timeOfDay(save.at),
    exercises,
    repairs: Object.assign({}, ...verdicts.map((verdict) => repairsOf(lab, verdict, program))),
    notes: passed ? [...(await predictionNotes(session, workspace, lab)), goesOn] : [],
    next: passed ? await nextCommands(session, workspace, lab, true) : [],
  };
}

/** The same as a document: what `check-answer --json` gives of the code, with which grading and which save it is about. */
export function savedDocument(
  lab: Lab,
  grading: number,
  { at }: Save,
  { hash, exercises }: GradedSave,
): object {
  const verdicts = exercises.map(({ verdict }) => verdict);
  return {
    grading,
    savedAt: at.toISOString(),
    hash,
    ...combineVerdicts(lab, verdicts, []),
    changes: Object.fromEntries(
      exercises.map(({ verdict, changes }) => [verdict.exercise, changes ?? null]),
    ),
  };
}
