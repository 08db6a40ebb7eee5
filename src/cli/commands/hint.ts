import { exitCodes } from '../../errors.ts';
import { renderHint } from '../../render/hint.ts';
import type { CommonOptions, Context } from '../context.ts';
import { findExercise } from '../find-exercise.ts';
import { codeExercises } from '../lab-files.ts';
import { openSession } from '../session.ts';
import { takeHint } from '../take-hint.ts';

interface Options extends CommonOptions {
  json?: boolean;
}

/** `hint`: one hint more each time; after the last one, the last again. */
export async function run(
  context: Context,
  options: Options,
  labName: string,
  exerciseName: string | undefined,
): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const exercise = findExercise(lab, exerciseName ?? codeExercises(lab)[0]?.id ?? '');
  const workspace = await session.workspace();
  const model = await takeHint(session, workspace, lab, exercise);
  const { number, total } = model;
  if (options.json) session.printJson(model);
  else {
    const { program } = session.theme;
    const target = exercise.kind === 'code' ? `${lab.number}` : `${lab.number} ${exercise.id}`;
    const more = { label: 'One more', command: `${program} hint ${target}` };
    const grade = { label: 'Grade it', command: `${program} check-answer ${target}` };
    session.print(
      renderHint({ ...model, next: number < total ? [more, grade] : [grade] }, session.theme),
    );
  }
  return exitCodes.fine;
}
