import type { LiveStep } from '../kit/index.ts';
import type { LessonTools } from '../lesson/tools.ts';
import { priceOfPhase, pricesExhibit } from '../live/price.ts';
import type { Program } from '../runtime/types.ts';
import type { Session } from './session.ts';
import { type LiveShow, showLive, watchLive } from './show-live.ts';

export interface LiveStepOptions extends Omit<LiveShow, 'program' | 'reader' | 'server'> {
  /** Made when the step is reached. */
  program(): Promise<Program>;
  /** Somebody sits there, who can press keys. */
  interactive: boolean;
}

/** Shows a lab's live scene in its guided run: by key, or for the fixed times of the step. */
export function liveStep(session: Session, options: LiveStepOptions): LessonTools['live'] {
  return async ({ demonstration }: LiveStep) => {
    const { interactive, program, ...rest } = options;
    const show: LiveShow = {
      ...rest,
      server: 'demonstration',
      program: await program(),
      reader: { level: 'trace' },
    };
    const prices = interactive
      ? await showLive(session, show)
      : (await watchLive(session, show, demonstration)).map(priceOfPhase);
    return prices.length === 0 ? undefined : pricesExhibit(prices);
  };
}
