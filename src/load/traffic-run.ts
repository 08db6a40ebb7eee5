import autocannon from 'autocannon';
import { requestTimeoutSeconds } from './job.ts';
import { requestsFrom } from './requests-from.ts';
import {
  type EndlessEnd,
  endlessLimitMs,
  type TrafficCount,
  type TrafficJob,
} from './traffic-job.ts';

/** Traffic, or a pulse, that is under way. */
export interface EndlessRun {
  /** Resolves when it has ended; rejects where a request cannot be sent at all, for instance with an unknown method. */
  done: Promise<EndlessEnd>;
  stop(): void;
}

const tellEveryMs = 100;
// autocannon looks whether it is time to stop when it samples.
const stopCheckMs = 20;
// In a row: a server that is gone refuses connections as fast as they are tried.
const mostErrors = 1000;

/** Starts traffic, and tells what came of it some ten times a second. `nowMs` is a monotonic clock. */
export function startTrafficRun(
  job: TrafficJob,
  nowMs: () => number,
  tell: (count: TrafficCount) => void,
): EndlessRun {
  let counts = { answered: 0, failed: 0, lost: 0 };
  let errorsInARow = 0;
  let toldAtMs = nowMs();
  const startedAtMs = toldAtMs;
  let stop = () => {};

  const timer = setInterval(() => {
    const now = nowMs();
    tell({ elapsedMs: now - toldAtMs, ...counts });
    toldAtMs = now;
    counts = { answered: 0, failed: 0, lost: 0 };
  }, tellEveryMs);

  const done = new Promise<EndlessEnd>((resolve, reject) => {
    const instance = autocannon(optionsOf(job), (error) => {
      if (error) return reject(error);
      resolve(nowMs() - startedAtMs >= endlessLimitMs ? 'limit' : 'gave-up');
    });
    stop = () => instance.stop();
    instance.on('response', (_client, status) => {
      counts.answered += 1;
      if (status >= 500) counts.failed += 1;
      errorsInARow = 0;
    });
    instance.on('reqError', () => {
      counts.lost += 1;
      errorsInARow += 1;
      if (errorsInARow >= mostErrors) stop();
    });
  }).finally(() => clearInterval(timer));
  return { done, stop: () => stop() };
}

function optionsOf(job: TrafficJob): autocannon.Options {
  let connection = 0;
  return {
    url: job.url,
    connections: job.connections,
    duration: endlessLimitMs / 1000,
    sampleInt: stopCheckMs,
    timeout: requestTimeoutSeconds,
    setupClient(client) {
      client.setRequests(requestsFrom(job.requests, connection));
      connection += 1;
    },
  };
}
