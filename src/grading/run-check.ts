import { setMaxListeners } from 'node:events';
import { messageOf } from '../errors.ts';
import { type Check, type Failure, isFailure } from '../kit/index.ts';
import { isNotJudged } from '../probe/not-judged.ts';
import { createProbe } from '../probe/probe.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import type { ServerSet } from '../probe/server-set.ts';
import type { Stage } from '../probe/stage.ts';
import { endSentence } from '../probe/unanswered.ts';
import type { OutputMark } from '../runtime/types.ts';
import type { CheckResult } from './verdict.ts';

/** What a check found, without what is known before it runs. */
export type Finding = Pick<
  CheckResult,
  'outcome' | 'failure' | 'serverError' | 'refusedAccess' | 'reason'
>;

export interface RunCheckOptions {
  check: Check;
  stage: Stage;
  set: ServerSet;
  server: ProbedServer;
  /** For the whole check; default 60,000. */
  limitMs?: number | undefined;
  /** Ends it: `runCheck` then throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Servers that the check launched stay, and nothing is killed at the limit: for a look by hand. */
  keepServers?: boolean;
}

/**
 * A request that is left unanswered for this share of a check's limit hangs: five seconds of the usual sixty. One that was
 * sent a moment before the limit says nothing: the machine may be too slow for the whole check.
 */
const hangingShare = 1 / 12;

/** Ends a check that goes on for too long; made when the limit is reached. */
class OverLimit extends Error {
  /** It is the answer that leaves a request without an answer. */
  readonly hanging: boolean;
  constructor(limitMs: number, hanging: boolean) {
    super(`The check did not end within ${limitMs / 1000} s.`);
    this.hanging = hanging;
  }
}

/** Runs one check on a server that is ready. The stage is reset and configured by the caller. */
export async function runCheck(options: RunCheckOptions): Promise<Finding> {
  const { check, stage, set, server, signal, limitMs = 60_000, keepServers = false } = options;
  signal?.throwIfAborted();
  const over = new AbortController();
  const ends = AbortSignal.any([over.signal, ...(signal ? [signal] : [])]);
  // Each wait listens: a check may watch as many things at once as it wants.
  setMaxListeners(0, ends);
  const probe = createProbe({ stage, set, server, purpose: check.id, signal: ends });
  // What an earlier check of the group provoked is no clue to this one.
  const before = { server, mark: server.running.mark() };
  const begunAtMs = stage.clock.nowMs();
  const timer = setTimeout(() => {
    const longestMs = set.servers().map((each) => each.longestUnansweredMs(begunAtMs));
    const hanging = longestMs.some((ms) => ms >= limitMs * hangingShare);
    over.abort(new OverLimit(limitMs, hanging));
  }, limitMs);
  try {
    await Promise.race([check.run(probe), aborted(ends)]);
    // An answer that was sent and a server that then breaks down is no pass.
    const ended = endedFailure(check, set);
    if (ended) throw ended;
    return { outcome: 'passed' };
  } catch (thrown) {
    signal?.throwIfAborted();
    return await judge(thrown, { check, stage, set, before });
  } finally {
    clearTimeout(timer);
    if (!keepServers) {
      await probe.endFurther();
      // What the abandoned check still does must not reach the server of the next one.
      if (ends.aborted) await server.kill();
    }
  }
}

/** Rejects with the signal's reason when it is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Whose fault was it? Ours first: nothing is held against an answer while something of ours is broken. */
async function judge(
  thrown: unknown,
  {
    check,
    stage,
    set,
    before,
  }: Pick<RunCheckOptions, 'check' | 'stage' | 'set'> & {
    before: { server: ProbedServer; mark: OutputMark };
  },
): Promise<Finding> {
  if (isNotJudged(thrown)) return { outcome: 'not-judged', reason: thrown.reason };
  const trouble = await stage.trouble();
  if (trouble) return { outcome: 'errored', reason: trouble };
  const failure = failureOf(thrown, check, set);
  if (!failure) return { outcome: 'errored', reason: messageOf(thrown) };
  const servers = set.servers().map(({ running }) => running);
  const errors = set
    .servers()
    .map((each) => each.running.lastError(each === before.server ? before.mark : undefined));
  const serverError = errors.findLast((error) => error !== undefined);
  const refusedAccess = servers.findLast((each) => each.refusedAccess())?.refusedAccess();
  return {
    outcome: 'failed',
    failure,
    ...(serverError && { serverError }),
    ...(refusedAccess !== undefined && { refusedAccess }),
  };
}

function failureOf(thrown: unknown, check: Check, set: ServerSet): Failure | undefined {
  if (isFailure(thrown)) return thrown;
  const ended = endedFailure(check, set);
  if (ended) return ended;
  if (thrown instanceof OverLimit && thrown.hanging) {
    return {
      kind: 'failure',
      rationale: 'Requests that are not answered pile up, until nothing is answered any more.',
      asked: check.title,
      expected: 'an answer to each request',
      actual: `requests without an answer. ${thrown.message}`,
    };
  }
  return undefined;
}

/** A server that ended, and neither the check nor we had ended it. */
function endedFailure(check: Check, set: ServerSet): Failure | undefined {
  const ended = set.servers().findLast((each) => each.endedByItself());
  return (
    ended && {
      kind: 'failure',
      rationale: 'A server that ends takes every request that it was working on with it.',
      asked: check.title,
      expected: 'a server that goes on running',
      actual: endSentence(ended.running) ?? 'the server broke a limit',
    }
  );
}
