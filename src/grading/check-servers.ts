import { CourseError } from '../errors.ts';
import type { Check, ServerSettings } from '../kit/index.ts';
import { isNotJudged } from '../probe/not-judged.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import type { LaunchPlace, ServerSet, SetLaunch } from '../probe/server-set.ts';
import type { Stage } from '../probe/stage.ts';
import { startFailureAsFailure } from '../probe/start-failure.ts';
import type { Program, StartFailure } from '../runtime/types.ts';
import type { Finding } from './run-check.ts';

/** A server for a check, or why it gets none. */
export type CheckServer =
  | { kind: 'ready'; set: ServerSet; server: ProbedServer }
  /** The program does not start at all. */
  | { kind: 'never-starts'; failure: StartFailure }
  /** What the check found by not getting its server. */
  | { kind: 'no-server'; finding: Finding };

/** Gives each check its server: one of its own, or the one of its group. */
export interface CheckServers {
  /** The stage is as at its start, with the check's settings of the origin, and the server is ready. */
  ready(check: Check): Promise<CheckServer>;
  /**
   * The check is over; its server ends unless one of the `later` checks shares it. One that is not
   * `usable`, since a check did not pass on it, is shared no further: it may hang, or hold what the next would trip over.
   */
  release(check: Check, usable: boolean, later: readonly Check[]): Promise<void>;
}

/** `placeOf` tells where a check's server is launched, where that is not left to chance. */
export function openCheckServers(
  stage: Stage,
  program: Program,
  placeOf: (check: Check) => LaunchPlace | undefined = () => undefined,
): CheckServers {
  const open = new Map<string, { set: ServerSet; server: ProbedServer }>();
  let everStarted = false;

  const launch = async (check: Check): Promise<CheckServer> => {
    const settings = check.settings ?? {};
    const set = stage.openSet(program);
    const result = await set.launch(settings, placeOf(check));
    if (result.kind === 'ready') {
      everStarted = true;
      const found = { set, server: result.server };
      open.set(nameOf(check), found);
      return { kind: 'ready', ...found };
    }
    await set.close();
    const trouble = await stage.trouble();
    if (trouble) return noServer({ outcome: 'errored', reason: trouble });
    everStarted ||= await startsWithoutSettings(settings);
    if (!everStarted) return { kind: 'never-starts', failure: result.failure };
    const failure = startFailureAsFailure(result.failure, settings);
    return noServer({ outcome: 'failed', failure });
  };

  /** Tells a program that never starts from one that does not bear the settings of one check. */
  const startsWithoutSettings = async (settings: ServerSettings): Promise<boolean> => {
    if (everStarted || Object.keys(settings).length === 0) return false;
    const set = stage.openSet(program);
    const result: SetLaunch = await set.launch({});
    await set.close();
    return result.kind === 'ready';
  };

  return {
    ready: async (check) => {
      const known = open.get(nameOf(check));
      if (known?.server.running.ended()) {
        await known.set.close();
        open.delete(nameOf(check));
      }
      await stage.reset();
      if (check.origin) await stage.origin.configure(check.origin);
      const shared = open.get(nameOf(check));
      return shared ? { kind: 'ready', ...shared } : launch(check).catch(notTheAnswersFault);
    },
    release: async (check, usable, later) => {
      const name = nameOf(check);
      if (usable && later.some((each) => nameOf(each) === name)) return;
      await open.get(name)?.set.close();
      open.delete(name);
    },
  };
}

/** Groups and check ids cannot be confused: a check without a group is named by what no group is. */
function nameOf({ id, group }: Check): string {
  return group === undefined ? `check ${id}` : `group ${group}`;
}

function noServer(finding: Finding): CheckServer {
  return { kind: 'no-server', finding };
}

function notTheAnswersFault(thrown: unknown): CheckServer {
  if (isNotJudged(thrown)) return noServer({ outcome: 'not-judged', reason: thrown.reason });
  if (thrown instanceof CourseError)
    return noServer({ outcome: 'errored', reason: thrown.message });
  throw thrown;
}
