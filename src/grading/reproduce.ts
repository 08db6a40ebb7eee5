import { couldNotRun } from '../errors.ts';
import type { Check, Failure } from '../kit/index.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import type { LaunchPlace, ServerSet } from '../probe/server-set.ts';
import type { Stage } from '../probe/stage.ts';
import type { Program, StartFailure } from '../runtime/types.ts';
import { curlLine } from './curl-line.ts';
import { runCheck } from './run-check.ts';

export interface BringBackOptions {
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
 * of the registrar, its rows. The checks that it needs are not run. Throws (exit 3) where that is not possible here.
 */
export async function bringBack(options: BringBackOptions): Promise<BroughtBack> {
  const { check, program, stage, place, signal } = options;
  await stage.reset();
  if (check.origin) await stage.origin.configure(check.origin);
  const set = stage.openSet(program);
  const launched = await set.launch(check.settings ?? {}, place);
  if (launched.kind === 'failed') return { kind: 'start-failure', failure: launched.failure };
  const { server } = launched;
  const finding = await runCheck({ check, stage, set, server, signal, keepServers: true });
  if (finding.outcome === 'passed') return { kind: 'passes-now', server };
  if (finding.outcome !== 'failed' || !finding.failure) {
    throw couldNotRun(finding.reason ?? `The check ${check.id} could not be run.`);
  }
  const { failure } = finding;
  const shows = serverThatShows(failure, set) ?? server;
  const runs = !shows.running.ended();
  const curl = failure.request && runs ? curlLine(failure.request, shows.url) : undefined;
  return { kind: 'failed', failure, server: shows, curl };
}

/** A check may have restarted its server, or run two: the newest that got the request and runs, else any that runs. */
function serverThatShows({ request }: Failure, set: ServerSet): ProbedServer | undefined {
  const running = set.servers().filter(({ running: each }) => !each.ended());
  const asked = request && running.findLast((each) => each.wasAsked(request));
  return asked ?? running[0];
}
