import type { AnswerFormat, Option, PredictStep } from '../kit/index.ts';

/** What a guided run asks. `undefined` means: not given. */
export interface LessonPrompts {
  predict(step: string, ask: PredictStep['ask']): Promise<number | string | undefined>;
  choose(step: string, options: readonly Option[]): Promise<string | undefined>;
  /** Gives only what can be parsed in that format. */
  answer(exercise: string, format: AnswerFormat): Promise<string | undefined>;
  /** Goes on, at the end of a screen; `label` says to where, if it is not simply the next one. */
  proceed(label?: string): Promise<void>;
  /** Waits at EDIT: `check` goes on, `leave` ends the run, to be resumed there. */
  edited(file: string): Promise<'check' | 'leave'>;
  /** After a check that did not pass. */
  retry(): Promise<'edit' | 'leave' | 'skip'>;
}

/** Nobody is asked: a demonstration. */
export const noPrompts: LessonPrompts = {
  predict: async () => undefined,
  choose: async () => undefined,
  answer: async () => undefined,
  proceed: async () => {},
  edited: async () => 'check',
  retry: async () => 'skip',
};
