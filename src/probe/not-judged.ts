import { installRedis } from '../kit/index.ts';

/** Thrown where this machine lacks what a check needs: nobody's fault, and told by `kind` as failures are. */
export interface NotJudged {
  kind: 'not-judged';
  /** What is missing, and what to do: sentences. */
  reason: string;
}

export function isNotJudged(thrown: unknown): thrown is NotJudged {
  return (
    typeof thrown === 'object' &&
    thrown !== null &&
    'kind' in thrown &&
    thrown.kind === 'not-judged'
  );
}

export const redisIsMissing: NotJudged = {
  kind: 'not-judged',
  reason: `It needs Redis, which was not found on this machine. ${installRedis.join('; ')}.`,
};
