import type { BrokenLimit } from '../src/runtime/types.ts';

/** What a hostile answer is made of, and how it is asked to do its deed. */
export interface Deed {
  /** Laid over each other: the server, and what differs. */
  folders: readonly string[];
  /** With the query. */
  path: string;
  /** It is waited for until it has ended or was ended; else only until it has answered. */
  staysUntilEnded: boolean;
}

/** What the grader saw of it. */
export interface Told {
  /** What it answered with: what it got hold of, or an error's code. */
  answer: string;
  /** The sentence that a learner reads. */
  said: string | undefined;
  /** An access was refused, and the sentence says so. */
  refused: boolean;
  brokenLimit: BrokenLimit | undefined;
  /** It did not end when it was asked to, and was killed; known once it was stopped. */
  killed: boolean;
  pid: number;
  /** What was told to the registrar before still holds. */
  registrarIsIntact: boolean;
}

/** What happened, seen from outside. */
export type Outcome =
  /** It was refused, and a sentence names the limit. */
  | 'refused'
  /** A limit ended it. */
  | 'ended'
  /** Nothing came of it, and nothing was refused. */
  | 'no effect'
  | 'NOT CONTAINED';

/** `reached` is what was seen outside; undefined for nothing. */
export function outcomeOf(told: Told | undefined, reached: boolean): Outcome {
  if (reached || told === undefined) return 'NOT CONTAINED';
  if (told.brokenLimit !== undefined || told.killed) return 'ended';
  return told.refused ? 'refused' : 'no effect';
}
