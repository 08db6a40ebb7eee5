import type { Lab } from '../catalog/types.ts';
import { usageError } from '../errors.ts';
import { gradeQuestion, poseQuestion } from '../grading/questions.ts';
import type { QuestionVerdict } from '../grading/verdict.ts';
import type { Question } from '../kit/index.ts';
import { storedAnswerOf } from '../lesson/stored-answer.ts';
import { renderQuestion } from '../render/question.ts';
import {
  labProgress,
  latestCompleteRun,
  readProgress,
  recordAnswer,
  updateProgress,
  type Workspace,
} from '../workspace/index.ts';
import type { GivenAnswers } from './lesson-prompts.ts';
import type { Session } from './session.ts';

/** Judges the questions of a lab, or one of them: by the answer given now, else by the one that is stored. */
export async function gradeQuestions(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  only: string | undefined,
  given: GivenAnswers,
): Promise<QuestionVerdict[]> {
  const questions = lab.exercises.filter(
    (exercise): exercise is Question =>
      exercise.kind === 'question' && (only === undefined || exercise.id === only),
  );
  refuseUnknown(lab, given);
  const basis = await basisOf(session, workspace, lab);
  const { answers } = labProgress(await readProgress(workspace, session.warn), lab.number);
  const verdicts = questions.map((question) =>
    gradeQuestion(question, given[question.id] ?? answers[question.id]?.given, basis),
  );
  for (const verdict of verdicts) {
    const text = given[verdict.exercise];
    if (text === undefined || verdict.outcome === 'no-run') continue;
    const answer = storedAnswerOf(verdict, text, session.context.now());
    await updateProgress(
      workspace,
      (progress) => recordAnswer(progress, lab.number, verdict.exercise, answer),
      session.warn,
    );
  }
  return verdicts;
}

/**
 * A question that is named without an answer, and has none stored, is shown with how to answer it. Tells whether it
 * was.
 */
export async function poseInstead(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  question: Question,
  given: GivenAnswers,
): Promise<boolean> {
  const { answers } = labProgress(await readProgress(workspace, session.warn), lab.number);
  if (question.id in given || question.id in answers) return false;
  const basis = await basisOf(session, workspace, lab);
  const posed = poseQuestion(question, basis);
  if (posed === undefined) return false;
  const command = `${session.theme.program} check-answer ${lab.number} ${question.id} '<answer>'`;
  session.print(
    renderQuestion(
      {
        lab: { number: lab.number, title: lab.title },
        exercise: question.id,
        title: question.title,
        points: question.points,
        basis: question.basis,
        run: question.basis === 'run' ? basis.run?.id : undefined,
        question: posed,
        next: [{ label: 'Answer', command }],
      },
      session.theme,
    ),
  );
  return true;
}

async function basisOf(session: Session, workspace: Workspace, lab: Lab) {
  const run = await latestCompleteRun(workspace, lab.number, session.warn);
  return { lab: lab.number, seed: workspace.seed, run: run?.record };
}

function refuseUnknown(lab: Lab, given: GivenAnswers): void {
  const ids = lab.exercises.filter(({ kind }) => kind === 'question').map(({ id }) => id);
  const unknown = Object.keys(given).find((name) => !ids.includes(name));
  if (unknown === undefined) return;
  throw usageError(`Lab ${lab.number} has no question "${unknown}".`, `It has: ${ids.join(', ')}`);
}
