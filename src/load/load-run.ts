import type { RecordableHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { matchBody } from './expected-body.ts';
import { type LoadJob, type LoadResult, requestTimeoutSeconds } from './job.ts';
import { createLatencyHistogram, latencyOf, recordLatency } from './latency-histogram.ts';
import { loadResult } from './load-result.ts';
import { requestsFrom } from './requests-from.ts';

/** A load that is under way. */
export interface LoadRun {
  /** Rejects where autocannon refuses the job, for instance an unknown method. */
  done: Promise<{ result: LoadResult; histogram: RecordableHistogram }>;
  /** Ends it within `stopCheckMs`. */
  stop(): void;
}

// autocannon looks whether it is time to stop only when it samples: at its default of one second a run of 2 s
// takes up to 3.
const stopCheckMs = 20;

// A server that is gone refuses connections as fast as they are tried: the run is worth nothing then, and ends.
const mostErrors = 1000;

/** Starts a load. `nowMs` is a monotonic clock. */
export function startLoadRun(job: LoadJob, nowMs: () => number): LoadRun {
  const histogram = createLatencyHistogram();
  let instance: autocannon.Instance | undefined;
  const done = new Promise<{ result: LoadResult; histogram: RecordableHistogram }>(
    (resolve, reject) => {
      const startedAtMs = nowMs();
      let stoppedAtMs = startedAtMs;
      instance = autocannon(optionsOf(job), (error, totals) => {
        if (error) return reject(error);
        const seconds = (stoppedAtMs - startedAtMs) / 1000;
        const latency = latencyOf(histogram);
        resolve({ result: loadResult(totals, job.connections, seconds, latency), histogram });
      });
      // The last tick comes in the same turn as the stop, before the connections are destroyed: no answer is
      // counted after it. The result's own `duration` is rounded and on the wall clock.
      instance.on('tick', () => {
        stoppedAtMs = nowMs();
      });
      instance.on('response', (_client, status, _bytes, latencyMs) => {
        if (status >= 200 && status < 300) recordLatency(histogram, latencyMs);
      });
    },
  );
  return { done, stop: () => instance?.stop() };
}

function optionsOf(job: LoadJob): autocannon.Options {
  let connection = 0;
  return {
    url: job.url,
    connections: job.connections,
    duration: job.durationSeconds,
    sampleInt: stopCheckMs,
    timeout: requestTimeoutSeconds,
    bailout: mostErrors,
    // No rate is asked for, so autocannon makes no correction for coordinated omission, and the latencies are our
    // own in any case: in a closed loop a client that waits sends nothing, and no request is invented for it.
    setupClient(client) {
      client.setRequests(requestsFrom(job.requests, connection));
      connection += 1;
    },
    // Its `expectBody` is refused together with several requests, and knows nothing of broken characters.
    ...(job.expectBody !== undefined && { verifyBody: bodyVerifier(job.expectBody) }),
  };
}

function bodyVerifier(expected: string): NonNullable<autocannon.Options['verifyBody']> {
  const matches = matchBody(expected);
  return (body) => matches(String(body));
}
