import type { Lab, ProofAnswer } from '../../catalog/types.ts';
import { couldNotRun, exitCodes, usageError } from '../../errors.ts';
import type { CodeExercise } from '../../kit/index.ts';
import {
  renderSolutionClosed,
  renderSolutions,
  type SolutionModel,
} from '../../render/solution.ts';
import { compareFolders } from '../../workspace/compare-folders.ts';
import { listFiles } from '../../workspace/folder-files.ts';
import {
  isPassed,
  labFolder,
  labProgress,
  readProgress,
  recordGivenUp,
  updateProgress,
} from '../../workspace/index.ts';
import type { CommonOptions, Context } from '../context.ts';
import { codeExercises, ensureLabFolder } from '../lab-files.ts';
import { openSession, type Session } from '../session.ts';

interface Options extends CommonOptions {
  giveUp?: boolean;
  json?: boolean;
}

/** `solution`: the right answers beside one's own, once it has passed, or when it is given up. */
export async function run(
  context: Context,
  options: Options,
  labName: string,
  solutionName: string | undefined,
): Promise<number> {
  const session = openSession(context, options);
  const lab = await session.lab(labName);
  const exercise = codeExercises(lab)[0];
  const solutions = await lab.solutions();
  if (exercise === undefined || solutions.length === 0) {
    throw couldNotRun(`Lab ${lab.number} has no right answers to show.`);
  }
  const named = solutionName === undefined ? undefined : findSolution(lab, solutions, solutionName);
  const workspace = await session.workspace();
  const before = await readProgress(workspace, session.warn);
  const passed = isPassed(before, lab.number, exercise.id);
  const givenUp = labProgress(before, lab.number).givenUpAt !== undefined;
  if (!passed && !givenUp && !options.giveUp) {
    const { attempts } = labProgress(before, lab.number);
    showClosed(session, lab, exercise, attempts, options);
    return exitCodes.notPassed;
  }
  const folder = labFolder(workspace, lab);
  await ensureLabFolder(folder, lab);
  if (!passed && !givenUp) {
    const at = context.now().toISOString();
    await updateProgress(
      workspace,
      (progress) => recordGivenUp(progress, lab.number, at),
      session.warn,
    );
  }
  const models = await Promise.all(solutions.map((each) => compared(folder, each)));
  const shown = named === undefined ? nearestOf(models) : models[solutions.indexOf(named)];
  if (shown === undefined) throw new Error(`lab ${lab.number}: no right answer was compared`);
  const others = models.filter((each) => each !== shown);
  const opened = passed ? ('passed' as const) : ('given-up' as const);
  if (options.json) {
    session.printJson({ lab: lab.number, exercise: exercise.id, opened, solutions: models });
    return exitCodes.fine;
  }
  const { program } = session.theme;
  const show = (name: string) => `${program} solution ${lab.number} ${name}`;
  session.print(
    renderSolutions(
      {
        lab: { number: lab.number, title: lab.title },
        exercise: exercise.id,
        title: exercise.title,
        opened,
        shown,
        nearest: named === undefined,
        others,
        next: others.map(({ name }, index) => ({
          label: index === 0 ? 'See them' : '',
          command: show(name),
        })),
      },
      session.theme,
    ),
  );
  return exitCodes.fine;
}

function findSolution(lab: Lab, solutions: readonly ProofAnswer[], name: string): ProofAnswer {
  const found = solutions.find((each) => each.name === name.toLowerCase());
  if (found !== undefined) return found;
  throw usageError(
    `Lab ${lab.number} has no right answer "${name}".`,
    `It has: ${solutions.map((each) => each.name).join(', ')}`,
  );
}

async function compared(folder: string, { name, folder: other, reason }: ProofAnswer) {
  const names = (await listFiles(other)).filter((file) => file !== 'answer.md');
  return { name, why: reason, files: await compareFolders(folder, other, names) };
}

/** The one with the fewest lines that are not the learner's. */
function nearestOf(models: readonly SolutionModel[]): SolutionModel | undefined {
  const distance = ({ files }: SolutionModel) =>
    files.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'mine' || kind === 'other')
      .length;
  return [...models].sort((left, right) => distance(left) - distance(right))[0];
}

function showClosed(
  session: Session,
  lab: Lab,
  exercise: CodeExercise,
  all: ReturnType<typeof labProgress>['attempts'],
  options: Options,
): void {
  const attempts = all.filter((attempt) => attempt.exercise === exercise.id);
  const latest = attempts.at(-1);
  const { program } = session.theme;
  const model = {
    lab: { number: lab.number, title: lab.title },
    exercise: exercise.id,
    title: exercise.title,
    attempts: attempts.length,
    latest,
  };
  if (options.json) {
    session.printJson({ ...model, lab: lab.number, opened: 'no' });
    return;
  }
  const next = [
    { label: 'A hint', command: `${program} hint ${lab.number}` },
    { label: 'Grade yours', command: `${program} check-answer ${lab.number}` },
    { label: 'Give up', command: `${program} solution ${lab.number} --give-up` },
  ];
  session.print(renderSolutionClosed({ ...model, next }, session.theme));
}
