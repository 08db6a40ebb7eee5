import type { Failure, Server, Storm, StormResult } from '../kit/index.ts';
import { stormProblem } from '../load/storm-job.ts';
import type { ServerSet } from './server-set.ts';
import type { Stage } from './stage.ts';
import { endSentence } from './unanswered.ts';
import { poll } from './waiting.ts';

export interface StormPlace {
  stage: Pick<Stage, 'load' | 'clock'>;
  /** The server is one of these. */
  set: Pick<ServerSet, 'servers'>;
  signal?: AbortSignal | undefined;
}

/** How long the news of a server's end may be under way after its connections broke. */
const endNewsMs = 500;

/**
 * Sends a storm. Throws an Error for a storm that cannot be sent, a failure of the answer where the server ended, and
 * CourseError where the load process did; whatever the server answers is part of the result.
 */
export async function sendStorm(
  { stage, set, signal }: StormPlace,
  server: Server,
  storm: Storm,
): Promise<StormResult> {
  const target = set.servers().find((each) => each === server);
  if (target === undefined) throw new Error('storm: it goes to a server of its own probe only.');
  const job = { ...storm, url: target.url };
  const problem = stormProblem(job);
  if (problem !== undefined) throw new Error(`storm: ${problem}`);
  for (const { who: _, ...request } of storm.requests) target.noteAsked(request);
  const result = await stage.load.storm(job, signal);
  if (result.failed > 0) {
    const { clock } = stage;
    await poll(() => target.running.ended() !== undefined, clock.nowMs() + endNewsMs, { clock });
  }
  if (target.endedByItself()) throw endedFailure(storm, endSentence(target.running));
  return result;
}

function endedFailure({ total, connections }: Storm, actual: string | undefined): Failure {
  return {
    kind: 'failure',
    rationale: 'A server that ends takes every request that it was working on with it.',
    asked: `${total} requests, ${connections} at a time`,
    expected: 'a server that goes on running',
    actual: actual ?? 'the server broke a limit',
  };
}
