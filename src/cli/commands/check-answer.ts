import type { Lab } from '../../catalog/types.ts';
import { couldNotRun, exitCodes, usageError } from '../../errors.ts';
import { codePassed, combineVerdicts, exitCodeOf } from '../../grading/lab-verdict.ts';
import type { CodeVerdict, LabVerdict } from '../../grading/verdict.ts';
import { attemptMine } from '../../lesson/attempt-mine.ts';
import { renderVerdict } from '../../render/verdict.ts';
import { labFolder, type Workspace } from '../../workspace/index.ts';
import { answerText } from '../answer-file.ts';
import { ownBuildFolder } from '../build-folder.ts';
import { commandProgram } from '../command-program.ts';
import type { CommonOptions, Context } from '../context.ts';
import { findExercise } from '../find-exercise.ts';
import { gradeQuestions, poseInstead } from '../grade-questions.ts';
import { codeExercises, ensureLabFolder } from '../lab-files.ts';
import { answersForLab, type GivenAnswers } from '../lesson-prompts.ts';
import { repairsOf } from '../repairs.ts';
import { openSession, type Session } from '../session.ts';
import { nextCommands, predictionNotes } from '../verdict-notes.ts';

export interface CheckOptions extends CommonOptions {
  seed?: number;
  answer?: GivenAnswers;
  command?: string;
  json?: boolean;
}

/** `check-answer`: grades one exercise, or all of a lab. Judged and not passed is exit 1. */
export async function run(
  context: Context,
  options: CheckOptions,
  labName: string,
  exerciseName: string | undefined,
  answer: string | undefined,
): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const named = exerciseName === undefined ? undefined : findExercise(lab, exerciseName);
  if (answer !== undefined && named?.kind === 'code') {
    throw usageError(
      `${named.id} is graded from your file, not from an answer on the command line.`,
      `Grade it: course-labs check-answer ${lab.number} ${named.id}`,
    );
  }
  const workspace = await session.workspace();
  const given = {
    ...answersForLab(options.answer, lab.number, context.cwd),
    ...(named && answer !== undefined && { [named.id]: answerText(answer, context.cwd) }),
  };
  if (named?.kind === 'question' && (await poseInstead(session, workspace, lab, named, given))) {
    return exitCodes.usage;
  }
  // Questions first: what cannot be read is told before anything is started.
  const questions =
    named?.kind === 'code' ? [] : await gradeQuestions(session, workspace, lab, named?.id, given);
  const code =
    named?.kind === 'question'
      ? []
      : await gradeCodeOf(session, workspace, lab, named?.id, options);
  const verdict = combineVerdicts(lab, code, questions);
  const noRun = named !== undefined && questions.some(({ outcome }) => outcome === 'no-run');
  if (noRun) {
    throw couldNotRun(
      `${named.id} is answered from a run of your own, and there is none yet.`,
      `course-labs run ${lab.number} first`,
    );
  }
  await show(session, workspace, lab, verdict, options);
  return exitCodeOf(verdict, named !== undefined);
}

async function gradeCodeOf(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  only: string | undefined,
  options: CheckOptions,
): Promise<CodeVerdict[]> {
  const { context } = session;
  const folder = labFolder(workspace, lab);
  await ensureLabFolder(folder, lab);
  const runtime = await session.runtime(workspace);
  const buildFolder = await ownBuildFolder(workspace, context);
  const verdicts: CodeVerdict[] = [];
  context.ending.keep(
    `This grading does not count; your file is as you saved it. Again: ${session.theme.program} check-answer ${lab.number}`,
  );
  for (const exercise of codeExercises(lab).filter(({ id }) => only === undefined || id === only)) {
    session.progress.show('Compiling your answer');
    const { verdict } = await attemptMine({
      lab,
      exercise,
      workspace,
      folder,
      buildFolder,
      program: options.command === undefined ? undefined : commandProgram(options.command, folder),
      runtime,
      seed: options.seed ?? context.drawSeed(),
      signal: context.signal,
      onWorking: session.progress.show,
      now: context.now,
      warn: session.warn,
    });
    verdicts.push(verdict);
  }
  return verdicts;
}

async function show(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  verdict: LabVerdict,
  options: CheckOptions,
): Promise<void> {
  if (options.json) {
    session.printJson(verdict);
    return;
  }
  const { theme } = session;
  if (options.command !== undefined) {
    session.warn('A program of another language runs without the permission model.');
  }
  const repairs = Object.assign(
    {},
    ...verdict.code.map((one) => repairsOf(lab, one, theme.program)),
  );
  const passed = verdict.code.length > 0 && verdict.code.every(codePassed);
  session.print(
    renderVerdict(
      {
        verdict,
        repairs,
        notes: passed ? await predictionNotes(session, workspace, lab) : [],
        next: await nextCommands(session, workspace, lab, passed),
      },
      theme,
    ),
  );
}
