import type { StormRequest, StormResult } from '../kit/index.ts';
import { requestTimeoutSeconds } from './job.ts';
import { createStormClient } from './storm-client.ts';
import { type StormJob, stormLimitMs } from './storm-job.ts';
import { createStormTally } from './storm-tally.ts';

/** A storm that is under way. */
export interface StormRun {
  /** Rejects where it is our fault: a request that cannot be written, a machine without sockets. */
  done: Promise<StormResult>;
  /** Ends it at once; what it then comes to is worth nothing. */
  stop(): void;
}

/** A server that answers nothing is not worth waiting for again and again. */
const leastFailures = 3;

/** Nothing is sent later than this, so that even the last request has its time. */
const sendingMs = stormLimitMs - requestTimeoutSeconds * 1000;

/** Starts a storm: a closed loop, in which every connection takes the next request. `nowMs` is a monotonic clock. */
export function startStormRun(job: StormJob, nowMs: () => number): StormRun {
  const { url, requests, marks, total, connections } = job;
  const client = createStormClient(url, connections);
  const tally = createStormTally(marks);
  const mostFailures = Math.max(leastFailures, connections);
  const endsAtMs = nowMs() + sendingMs;
  let sent = 0;
  let failuresInARow = 0;
  let stopped = false;

  const next = (): StormRequest | undefined => {
    if (stopped || sent >= total || failuresInARow >= mostFailures || nowMs() >= endsAtMs) {
      return undefined;
    }
    const request = requests[sent % requests.length];
    sent += 1;
    return request;
  };

  async function connection(): Promise<void> {
    for (let request = next(); request !== undefined; request = next()) {
      tally.asked(request);
      const answer = await client.ask(request);
      failuresInARow = answer === undefined ? failuresInARow + 1 : 0;
      if (answer === undefined) tally.failed();
      else tally.answered(request, answer);
    }
  }

  const stop = () => {
    stopped = true;
    client.close();
  };
  const done = Promise.all(Array.from({ length: connections }, connection))
    .then(tally.result)
    .finally(stop);
  return { done, stop };
}
