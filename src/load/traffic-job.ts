import type { LoadRequest } from '../kit/index.ts';
import { isLocal } from './job.ts';

/** Load that goes on until it is stopped: a closed loop, whatever the server answers. Plain data. */
export interface TrafficJob {
  /** The server, on 127.0.0.1: `http://127.0.0.1:4101`. Any other host is refused. */
  url: string;
  /** 1 to 1,000, sent in turn by each connection; each connection starts one further on than the one before it. */
  requests: readonly LoadRequest[];
  /** 1 to 50. */
  connections: number;
}

/** One path asked for again and again at a steady pace, on a connection of its own. Plain data. */
export interface PulseJob {
  /** The server, on 127.0.0.1. */
  url: string;
  path: string;
  /** From one request to the next, in milliseconds: 10 to 10,000. While one waits for its answer, none is sent. */
  everyMs: number;
}

/** What came of the traffic since it last told. */
export interface TrafficCount {
  /** What it is about: some 100 ms. */
  elapsedMs: number;
  /** Whole answers, whatever their status. */
  answered: number;
  /** Of the answers: a status of 500 or above. */
  failed: number;
  /** Requests that came to nothing: the connection broke, or 10 s were over. */
  lost: number;
}

/** What came of one request of a pulse. */
export interface Pulse {
  /** From sending it to holding the whole answer, in milliseconds; undefined where none came. */
  delayMs?: number;
}

/** Why traffic or a pulse has ended by itself: an hour was over, or nothing but errors came. */
export type EndlessEnd = 'limit' | 'gave-up';

/** Neither goes on for longer, whoever has forgotten it. */
export const endlessLimitMs = 60 * 60_000;

/** Why traffic cannot be sent, in one sentence; undefined where it can. */
export function trafficProblem({ url, requests, connections }: TrafficJob): string | undefined {
  if (!isLocal(url)) return `Load goes to http://127.0.0.1 only, not to ${url}.`;
  if (requests.length < 1 || requests.length > 1000) {
    return `Traffic has 1 to 1,000 requests, not ${requests.length}.`;
  }
  if (!Number.isInteger(connections) || connections < 1 || connections > 50) {
    return `Traffic has 1 to 50 connections, not ${connections}.`;
  }
  return undefined;
}

/** Why a pulse cannot be sent, in one sentence; undefined where it can. */
export function pulseProblem({ url, everyMs }: PulseJob): string | undefined {
  if (!isLocal(url)) return `Load goes to http://127.0.0.1 only, not to ${url}.`;
  if (!(everyMs >= 10 && everyMs <= 10_000)) {
    return `A pulse comes every 10 to 10,000 ms, not every ${everyMs} ms.`;
  }
  return undefined;
}
