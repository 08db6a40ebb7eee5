import { couldNotRun } from '../errors.ts';
import type {
  BenchStep,
  CheckStep,
  EditStep,
  ExperimentResult,
  ExplainStep,
  LiveStep,
  QuestionStep,
  Step,
} from '../kit/index.ts';
import { withLogFile } from './log-place.ts';
import { headingOf, type LessonState } from './state.ts';
import type { OnWorking } from './tools.ts';

/** Where the run goes from a step. */
type Outcome = 'next' | { step: string } | { leaveAt: string };

/** Carries out one step; its heading and text are on the screen already. */
export async function performStep(step: Step, state: LessonState): Promise<Outcome> {
  switch (step.kind) {
    case 'read':
      return proceed(state);
    case 'predict': {
      const given = await state.prompts.predict(step.id, step.ask);
      if (given !== undefined) {
        await state.record((record) => ({
          ...record,
          predictions: { ...record.predictions, [step.id]: given },
        }));
      }
      return 'next';
    }
    case 'experiment': {
      const { log, ...result } = await state.tools.experiment(step, working(state));
      if (log !== undefined) await state.store.keepLog(step.id, log);
      await state.record((record) => ({
        ...record,
        experiments: { ...record.experiments, [step.id]: result },
      }));
      showResult(step.id, result, state);
      return proceed(state);
    }
    case 'live':
      return live(step, state);
    case 'bench':
      return bench(step, state);
    case 'observe': {
      if (step.shows !== undefined) showAgain(step.shows, state);
      return proceed(state);
    }
    case 'explain':
      return explain(step, state);
    case 'question':
      return question(step, state);
    case 'edit':
      return edit(step, state);
    case 'check':
      return check(step, state);
  }
}

function working(state: LessonState): OnWorking {
  return (what, fraction) => state.onEvent({ kind: 'working', what, fraction });
}

async function proceed(state: LessonState): Promise<Outcome> {
  await state.prompts.proceed();
  return 'next';
}

function showAgain(id: string, state: LessonState): void {
  const result = state.run.record.experiments[id];
  const report = state.run.record.benches[id];
  if (result !== undefined) showResult(id, result, state);
  if (report !== undefined) {
    state.onEvent({
      kind: 'bench',
      report,
      run: state.run.id,
      mine: report.server !== 'demonstration',
    });
  }
}

function showResult(id: string, result: ExperimentResult, { store, onEvent }: LessonState): void {
  onEvent({ kind: 'experiment', result: withLogFile(result, store.logFile(id)) });
}

async function bench(step: BenchStep, state: LessonState): Promise<Outcome> {
  const report = await state.tools.bench(step, working(state));
  await state.record((record) => ({
    ...record,
    benches: { ...record.benches, [step.id]: report },
  }));
  const mine = step.server === 'mine';
  state.onEvent({ kind: 'bench', report, run: state.run.id, mine });
  if (report.kind === 'refused' && !mine) {
    // Our own server failed under load: nothing that the learner did, and nothing to build a lesson on.
    throw couldNotRun(
      'Our own server gave failed answers, so these figures would not be true.',
      `Try again: course-labs run ${state.lab.number}`,
    );
  }
  return proceed(state);
}

async function live(step: LiveStep, state: LessonState): Promise<Outcome> {
  // The scene takes the whole screen: its text is read first.
  await state.prompts.proceed('Enter opens the live view; q comes back here');
  const exhibit = await state.tools.live(step);
  if (exhibit === undefined) return 'next';
  state.onEvent({ kind: 'live', exhibit });
  return proceed(state);
}

async function explain(step: ExplainStep, state: LessonState): Promise<Outcome> {
  const given = await state.prompts.choose(step.id, step.options);
  state.onEvent({
    kind: 'explained',
    given,
    right: step.right,
    options: step.options,
    because: step.because[given ?? step.right] ?? '',
  });
  return proceed(state);
}

async function question(step: QuestionStep, state: LessonState): Promise<Outcome> {
  const { record } = state.run;
  const posed = state.tools.pose(step.exercise, record);
  state.onEvent({ kind: 'posed', lab: headingOf(state.lab), exercise: step.exercise, ...posed });
  const given = await state.prompts.answer(step.exercise, posed.question.format);
  if (given === undefined) return 'next';
  const verdict = await state.tools.answer(step.exercise, given, record);
  state.onEvent({ kind: 'question', lab: headingOf(state.lab), verdict });
  return proceed(state);
}

async function edit(step: EditStep, state: LessonState): Promise<Outcome> {
  const file = state.tools.fileOf(step.exercise);
  state.onEvent({
    kind: 'edit',
    lab: state.lab.number,
    file,
    exercise: step.exercise,
    after: titlesAfterCheck(step.exercise, state),
    demonstration: state.demonstration,
  });
  return (await state.prompts.edited(file)) === 'check' ? 'next' : { leaveAt: step.id };
}

/** What comes once the exercise has passed, up to the next edit. */
function titlesAfterCheck(exercise: string, { lab, lesson }: LessonState): string[] {
  const { steps } = lab;
  const check = steps.findIndex((step) => step.kind === 'check' && step.exercise === exercise);
  const after = check < 0 ? [] : steps.slice(check + 1);
  const nextEdit = after.findIndex(({ kind }) => kind === 'edit');
  const upTo = nextEdit < 0 ? after : after.slice(0, nextEdit + 1);
  return upTo.flatMap(({ id }) => lesson.get(id)?.title ?? []);
}

async function check(step: CheckStep, state: LessonState): Promise<Outcome> {
  const { verdict, answer } = await state.tools.grade(step.exercise, working(state));
  state.onEvent({ kind: 'verdict', verdict, answer });
  const errored = verdict.checks.find(({ outcome }) => outcome === 'errored');
  if (errored && state.demonstration) {
    // Nobody is there who could try again, and the rest would build on it.
    throw couldNotRun(
      `The right answer could not be judged: ${errored.reason ?? 'a check did not come to an end.'}`,
      `Try again: course-labs run ${state.lab.number} --yes`,
    );
  }
  if (verdict.points + verdict.notJudged === verdict.possible) return proceed(state);
  const editStep = state.lab.steps.find(
    (other) => other.kind === 'edit' && other.exercise === step.exercise,
  );
  // Nothing is left to check until the file was changed: the run goes on at the edit.
  const back = editStep?.id ?? step.id;
  await state.store.standAt(back);
  const wish = await state.prompts.retry();
  if (wish === 'leave') return { leaveAt: back };
  return wish === 'edit' ? { step: back } : 'next';
}
