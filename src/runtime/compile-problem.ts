import { formatPlace } from './source-place.ts';
import type { SourcePlace, StartFailure } from './types.ts';

/** Ends a compilation: what is wrong with the sources, as the failure that the learner sees. */
export class CompileProblem extends Error {
  readonly failure: StartFailure;

  /** `text` is a sentence; the place is put in front of it. */
  constructor(reason: StartFailure['reason'], text: string, place?: SourcePlace) {
    const message = place === undefined ? text : `${formatPlace(place)}: ${text}`;
    super(message);
    this.failure = { reason, message, place, output: [] };
  }
}
