import { codePassed } from '../../grading/lab-verdict.ts';
import { renderHint } from '../../render/hint.ts';
import { renderReset } from '../../render/reset.ts';
import { renderWatchedSaveInFull } from '../../render/watch.ts';
import { resetToStarter } from '../reset-to-starter.ts';
import type { Session } from '../session.ts';
import { takeHint } from '../take-hint.ts';
import type { GradedSave, WatchSubject } from './grade-save.ts';
import { savedModel } from './saved-model.ts';
import type { Save } from './watch-answer.ts';
import type { WatchWish } from './watch-keys.ts';
import type { WatchScreen } from './watch-screen.ts';

/** The grade that was shown last. */
export interface LatestGrade {
  save: Save;
  graded: GradedSave;
}

export interface WishOptions {
  subject: WatchSubject;
  screen: WatchScreen;
  /** Undefined before the first. */
  latest(): LatestGrade | undefined;
  /** Grades once more. */
  again(): void;
}

/** Does what a key asks for. */
export function wishFulfiller(
  session: Session,
  { subject, screen, latest, again }: WishOptions,
): (wish: Exclude<WatchWish, 'quit'>) => Promise<void> {
  const { lab, workspace, exercises } = subject;

  const hint = async () => {
    const passed = latest()?.graded.exercises.filter(({ verdict }) => codePassed(verdict)) ?? [];
    const open = exercises.find(({ id }) => !passed.some(({ verdict }) => verdict.exercise === id));
    const exercise = open ?? exercises[0];
    if (exercise === undefined) return;
    const model = await takeHint(session, workspace, lab, exercise);
    screen.print((theme) => renderHint({ ...model, next: [] }, theme));
  };
  const inFull = async () => {
    const shown = latest();
    if (shown === undefined) return screen.say('Nothing was graded yet.');
    const model = await savedModel(session, subject, shown.save, shown.graded);
    screen.print((theme) => renderWatchedSaveInFull(model, theme));
  };
  const reset = async () => {
    screen.ask(false);
    const model = await resetToStarter(session.context, workspace, lab);
    screen.print((theme) => renderReset({ ...model, next: [] }, theme));
  };

  const deeds: Readonly<Record<Exclude<WatchWish, 'quit'>, () => Promise<void> | void>> = {
    hint,
    'in-full': inFull,
    again,
    ask: () => screen.ask(true),
    keep: () => screen.ask(false),
    reset,
  };
  return async (wish) => deeds[wish]();
}
