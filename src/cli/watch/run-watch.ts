import { CourseError, exitCodes, interrupted } from '../../errors.ts';
import { exitCodeOf } from '../../grading/lab-verdict.ts';
import {
  renderWatchEnd,
  renderWatchedSave,
  renderWatchedSaveInFull,
  type WatchEnd,
  watchKept,
} from '../../render/watch.ts';
import { type KeyListener, listenForKeys } from '../key-listener.ts';
import type { Session } from '../session.ts';
import { type GradedSave, saveGrader, type WatchSubject } from './grade-save.ts';
import { lookAtAnswer } from './look.ts';
import { savedDocument, savedModel } from './saved-model.ts';
import { type Save, type WatchOptions, watchAnswer } from './watch-answer.ts';
import { watchWishOf } from './watch-keys.ts';
import { createWatchScreen } from './watch-screen.ts';
import { type LatestGrade, wishFulfiller } from './watch-wishes.ts';

export interface WatchRun extends WatchSubject, Pick<WatchOptions, 'pause' | 'times'> {
  /** The learner's folder, as it is typed from where they stand. */
  shownFolder: string;
  /** A document for each grading in place of the screen. */
  json: boolean;
  /** Somebody can press keys. */
  keys: boolean;
}

/** The reason of an end by the key for it. */
const quit = new Error('q was pressed');

/** Grades at each save until it is left (0), or `times` gradings are done: then the exit code of the last verdict. */
export async function runWatch(session: Session, run: WatchRun): Promise<number> {
  const { context } = session;
  const { json, keys, shownFolder } = run;
  const gradeSave = await saveGrader(session, run);
  const left = new AbortController();
  const screen = createWatchScreen(session, { keys });
  const command = `${session.theme.program} watch ${run.lab.number}`;
  let end: WatchEnd = { gradings: 0, best: undefined, command };
  let latest: LatestGrade | undefined;
  context.ending.keep(watchKept(end));

  const show = async (save: Save, graded: GradedSave) => {
    if (json) return screen.printJson(savedDocument(run.lab, end.gradings, save, graded));
    const model = await savedModel(session, run, save, graded);
    screen.print((theme) => (keys ? renderWatchedSave : renderWatchedSaveInFull)(model, theme));
  };
  const grade = async (save: Save, signal: AbortSignal) => {
    screen.begin(save);
    try {
      const graded = await gradeSave(signal, (...told) => {
        if (!signal.aborted) screen.working(...told);
      });
      // A save between the look and the compiler: the grade is of that one.
      const found = graded.hash === save.hash ? save : { hash: graded.hash, at: context.now() };
      latest = { save: found, graded };
      end = { ...end, gradings: end.gradings + 1, best: betterOf(end.best, graded) };
      context.ending.keep(watchKept(end));
      await show(found, graded);
      return graded.hash;
    } catch (error) {
      // Somebody who sits there can mend what is in the way, or try again.
      const isTold = error instanceof CourseError && error.exitCode === exitCodes.couldNotRun;
      if (!keys || signal.aborted || !isTold) throw error;
      screen.say(`This save was not graded. ${error.message}`);
      return save.hash;
    } finally {
      if (!signal.aborted) screen.wait();
    }
  };

  const watch = watchAnswer({
    look: () => lookAtAnswer(run.folder, shownFolder),
    grade,
    onEvent: screen.event,
    pause: run.pause,
    now: context.now,
    times: run.times,
    signal: AbortSignal.any([context.signal, left.signal]),
  });
  const listener = keys ? listenForKeys(context, () => left.abort(interrupted())) : undefined;
  const fulfil = wishFulfiller(session, {
    subject: run,
    screen,
    latest: () => latest,
    again: watch.again,
  });
  if (listener) obey(listener, fulfil, (reason) => left.abort(reason));
  try {
    screen.open(shownFolder);
    await watch.ended;
    const code = latest?.graded.exercises.map(({ verdict }) => verdict) ?? [];
    return exitCodeOf({ code, questions: [] });
  } catch (error) {
    if (error !== quit) throw error;
    screen.close();
    session.print(renderWatchEnd(end, session.theme));
    return exitCodes.fine;
  } finally {
    screen.close();
    listener?.close();
  }
}

function obey(
  { onKey }: KeyListener,
  fulfil: ReturnType<typeof wishFulfiller>,
  leave: (reason: unknown) => void,
): void {
  let asking = false;
  let fulfilled = Promise.resolve();
  onKey((key) => {
    const wish = watchWishOf(key, asking);
    if (wish === 'quit') return leave(quit);
    if (wish === undefined) return;
    asking = wish === 'ask';
    // One after the other: two hints are not to be counted as one.
    fulfilled = fulfilled.then(() => fulfil(wish)).catch(leave);
  });
}

function betterOf(best: WatchEnd['best'], { exercises }: GradedSave): WatchEnd['best'] {
  const sum = (of: 'points' | 'possible') =>
    exercises.reduce((all, { verdict }) => all + verdict[of], 0);
  const points = sum('points');
  return best !== undefined && best.points >= points ? best : { points, possible: sum('possible') };
}
