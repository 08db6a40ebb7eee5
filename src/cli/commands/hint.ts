import { exitCodes } from '../../errors.ts';
import { renderHint } from '../../render/hint.ts';
import { labProgress, recordHint, updateProgress } from '../../workspace/index.ts';
import type { CommonOptions, Context } from '../context.ts';
import { findExercise } from '../find-exercise.ts';
import { codeExercises } from '../lab-files.ts';
import { openSession } from '../session.ts';

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
  const progress = await updateProgress(
    workspace,
    (before) => recordHint(before, lab.number, exercise.id),
    session.warn,
  );
  const number = labProgress(progress, lab.number).hints[exercise.id] ?? 1;
  const total = exercise.hints.length;
  const model = {
    lab: { number: lab.number, title: lab.title },
    exercise: exercise.id,
    title: exercise.title,
    number,
    total,
    text: exercise.hints[number - 1] ?? '',
  };
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
