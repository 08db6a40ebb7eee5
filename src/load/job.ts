import type { Latency, LoadFailures, LoadRequest } from '../kit/index.ts';

/** One load run: a closed loop of some connections for some time. Plain data, sent to the load process. */
export interface LoadJob {
  /** The server, on 127.0.0.1: `http://127.0.0.1:4101`. Any other host is refused. */
  url: string;
  /** 1 to 1,000, sent in turn by each connection; each connection starts one further on than the one before it. */
  requests: readonly LoadRequest[];
  /** 1 to 500. */
  connections: number;
  /** More than 0, at most 60. */
  durationSeconds: number;
  /** The body that every answer must have; without it, bodies are not compared. */
  expectBody?: string;
  /** Where the latencies are added up over several runs; a warm-up belongs to none. */
  series?: string;
}

/** What one load run came to. */
export interface LoadResult {
  /** Requests that were sent, with those in flight at the stop. */
  sent: number;
  /** Answers with a status from 200 to 299. */
  answered: number;
  /** From the first request to the stop, on a monotonic clock. */
  seconds: number;
  /** `answered` a second. */
  throughput: number;
  /** Of answers with a status from 200 to 299; all 0 where there was none. */
  latency: Latency;
  /** Answers by status code. */
  statuses: Readonly<Record<string, number>>;
  failures: LoadFailures;
}

/** A request without an answer for so long has timed out. */
export const requestTimeoutSeconds = 10;

/** Why a job cannot be run, in one sentence; undefined where it can. */
export function jobProblem(job: LoadJob): string | undefined {
  const { requests, connections, durationSeconds } = job;
  if (!isLocal(job.url)) return `Load goes to http://127.0.0.1 only, not to ${job.url}.`;
  if (requests.length < 1 || requests.length > 1000) {
    return `A load has 1 to 1,000 requests, not ${requests.length}.`;
  }
  if (!Number.isInteger(connections) || connections < 1 || connections > 500) {
    return `A load has 1 to 500 connections, not ${connections}.`;
  }
  if (!(durationSeconds > 0 && durationSeconds <= 60)) {
    return `A load lasts at most 60 s, not ${durationSeconds}.`;
  }
  return undefined;
}

/** Load goes to this machine alone, and by an address: a name could lead anywhere. */
export function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && hostname === '127.0.0.1';
}
