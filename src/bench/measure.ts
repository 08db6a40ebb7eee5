import { couldNotRun } from '../errors.ts';
import type { LoadRequest } from '../kit/index.ts';
import type { Load } from '../load/client.ts';
import type { ServerError, Usage } from '../runtime/types.ts';
import { firstBody } from './first-body.ts';
import type { Measure } from './measured.ts';

/** A running server with its origin, as a measurement sees it. */
export interface BenchTarget {
  /** On 127.0.0.1, without a trailing slash. */
  url: string;
  /** Undefined where the system does not tell. */
  usage(): Promise<Usage | undefined>;
  /** Bytes that the server wrote to stdout and stderr until now. */
  logBytes(): number;
  /** The last error that the server wrote. */
  lastError(): ServerError | undefined;
  /** How the server ended: `the server ended by SIGKILL`; undefined while it runs. */
  endedHow(): string | undefined;
  /** One sentence, when something of ours is broken that the server needs. */
  trouble(): Promise<string | undefined>;
  /** Data calls that reached the origin until now. */
  originCount(): Promise<number>;
  /** Resolves when the origin has nothing left to answer; must be bounded in time. */
  originIdle(): Promise<void>;
}

/** What the real measure works with. */
export interface MeasureTools {
  load: Pick<Load, 'measure'>;
  requests: readonly LoadRequest[];
  /** Every answer of a variant must have the body that its first answer had. */
  stableBody: boolean;
  target(variant: string): BenchTarget;
}

/** Measures with real load. Every measurement that is no warm-up goes to the load's series of the variant's name. */
export function createMeasure({ load, requests, stableBody, target }: MeasureTools): Measure {
  const bodies = new Map<string, string | undefined>();

  async function expectedBody(variant: string, url: string): Promise<string | undefined> {
    const [first] = requests;
    if (!stableBody || first === undefined) return undefined;
    if (bodies.get(variant) === undefined) bodies.set(variant, await firstBody(url, first));
    return bodies.get(variant);
  }

  return async ({ variant, round, durationSeconds, connections }, signal) => {
    const server = target(variant);
    const { url } = server;
    const expectBody = await expectedBody(variant, url);
    // What an earlier load left in flight is not this one's.
    await server.originIdle();
    signal?.throwIfAborted();
    const callsBefore = await server.originCount();
    const usageBefore = await server.usage();
    const bytesBefore = server.logBytes();
    const job = {
      url,
      requests,
      connections,
      durationSeconds,
      ...(expectBody !== undefined && { expectBody }),
      ...(round !== undefined && { series: variant }),
    };
    const result = await load.measure(job, signal);
    // Requests in flight at the stop were sent, so what they cost counts too.
    await server.originIdle();
    const trouble = await server.trouble();
    // A server may go on without its Redis, and its figures are then those of something else.
    if (trouble !== undefined) throw couldNotRun(trouble, 'Measure again.');
    const usageAfter = await server.usage();
    const { sent, answered, seconds, throughput, latency, statuses, failures } = result;
    return {
      figures: {
        durationSeconds: seconds,
        sent,
        answered,
        throughput,
        latency,
        originCalls: (await server.originCount()) - callsBefore,
        cpuMs: usageBefore && usageAfter && usageAfter.cpuMs - usageBefore.cpuMs,
        memoryBytes: usageAfter?.memoryBytes,
        logBytes: server.logBytes() - bytesBefore,
        failures,
      },
      statuses,
      serverError: server.endedHow() ?? errorLine(server.lastError()),
    };
  };
}

function errorLine(error: ServerError | undefined): string | undefined {
  if (error?.place === undefined) return error?.message;
  const { file, line, column } = error.place;
  return `${error.message} at ${file}:${line}:${column}`;
}
