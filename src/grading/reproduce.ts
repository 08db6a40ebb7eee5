import { couldNotRun } from '../errors.ts';
import { type Check, curlLine, type Failure } from '../kit/index.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import type { LaunchPlace, ServerSet } from '../probe/server-set.ts';
import type { Stage } from '../probe/stage.ts';
import type { Program, StartFailure } from '../runtime/types.ts';
import { orderChecks } from './check-order.ts';
import { openCheckServers } from './check-servers.ts';

import { type Finding, runCheck } from './run-check.ts';
import { runChecks } from './run-checks.ts';

export interface BringBackOptions {
  /** All checks of the exercise. */
  checks: readonly Check[];
  check: Check;
  program: Program;
  /** Opened with the seed of the grading; stays open, and so does all that runs on it. */
  stage: Stage;
  /** The port of the check's server. */
  place?: LaunchPlace;
  signal?: AbortSignal | undefined;
}

/** What came of bringing a failure back. */
export type BroughtBack =
  | {
      kind: 'failed';
      failure: Failure;
      /** The server that shows it: the one that got the failure's request, where that still runs. */
      server: ProbedServer;
      /** What to type to see it; undefined where the failure has no request or no server is left. */
      curl: string | undefined;
    }
  | { kind: 'passes-now'; server: ProbedServer }
  | { kind: 'start-failure'; failure: StartFailure };

/**
 * Runs one check up to its failure and leaves everything as it is then: the server with what it has cached, the faults
 * of the registrar, its rows. What its group did before it in the grading is done again, since the check found its
 * server as they had left it. Throws (exit 3) where that is not possible here.
 */
export async function bringBack(options: BringBackOptions): Promise<BroughtBack> {
  const { check, program, stage, place, signal } = options;
  const shares = (each: Check) =>
    each.id === check.id || (check.group !== undefined && each.group === check.group);
  const servers = openCheckServers(stage, program, (each) => (shares(each) ? place : undefined));
  const order = earlier(options.checks, check).filter(({ id }) => id !== check.id);
  await runChecks({ order, next: [check], stage, servers, signal });
  const found = await servers.ready(check);
  if (found.kind === 'never-starts') return { kind: 'start-failure', failure: found.failure };
  if (found.kind === 'no-server') throw notPossible(check, found.finding);
  const { set, server } = found;
  const finding = await runCheck({ check, stage, set, server, signal, keepServers: true });
  if (finding.outcome === 'passed') return { kind: 'passes-now', server };
  if (finding.outcome !== 'failed' || !finding.failure) throw notPossible(check, finding);
  const { failure } = finding;
  const shows = serverThatShows(failure, set) ?? server;
  const runs = !shows.running.ended();
  const curl = failure.request && runs ? curlLine(failure.request, shows.url) : undefined;
  return { kind: 'failed', failure, server: shows, curl };
}

/** Checks of the same group that the grading runs before this one, with what they need. */
function earlier(checks: readonly Check[], { id, group }: Check): readonly Check[] {
  const order = orderChecks(checks);
  const before = order.slice(
    0,
    order.findIndex((each) => each.id === id),
  );
  const sharing = before.filter((each) => group !== undefined && each.group === group);
  return sharing.length === 0
    ? []
    : orderChecks(
        checks,
        sharing.map((each) => each.id),
      );
}

function notPossible(check: Check, { failure, reason }: Finding): Error {
  return couldNotRun(reason ?? failure?.actual ?? `The check ${check.id} could not be run.`);
}

/** A check may have restarted its server, or run two: the newest that got the request and runs, else any that runs. */
function serverThatShows({ request }: Failure, set: ServerSet): ProbedServer | undefined {
  const running = set.servers().filter(({ running: each }) => !each.ended());
  const asked = request && running.findLast((each) => each.wasAsked(request));
  return asked ?? running[0];
}
