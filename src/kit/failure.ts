import type { ProbeRequest } from './server.ts';

/** Why an answer is wrong: the answer's fault, told by `kind` so that any copy of this file makes the same. */
export interface Failure {
  kind: 'failure';
  /** Why it matters, in one or two sentences: what would go wrong in production. */
  rationale: string;
  /** What was asked, in words: `subject C#, then subject Python`. */
  asked: string;
  /** What a right answer does, so written that it can stand over `actual`: `calls to the origin: 0`. */
  expected: string;
  /** What this one did, in the same words: `calls to the origin: 1`. */
  actual: string;
  /** The request that shows it, once the situation is brought back. */
  request?: ProbeRequest;
  /** One sentence that points to the mechanism, never the answer. */
  help?: string;
}

/** Ends a check: the answer is wrong. Anything else that a check throws counts as our own fault. */
export function fail(failure: Omit<Failure, 'kind'>): never {
  throw { kind: 'failure', ...failure } satisfies Failure;
}

/** Whether what a check threw says that the answer is wrong; anything else is our own fault. */
export function isFailure(thrown: unknown): thrown is Failure {
  return (
    typeof thrown === 'object' && thrown !== null && 'kind' in thrown && thrown.kind === 'failure'
  );
}

/**
 * A check could not see what it must see, for instance because the machine was too slow five times in a row: not the
 * answer's fault. The check counts as errored.
 */
export function cannotJudge(reason: string): never {
  throw new Error(`cannot judge: ${reason}`);
}
