import type { Marks } from './marks.ts';
import type { LoadRequest } from './scenario.ts';
import type { ProbeRequest } from './server.ts';

/** Requests of several users, sent interleaved and many at a time. */
export interface Storm {
  /** Sent in turn, again and again, so that neighbours belong to different users. */
  requests: readonly StormRequest[];
  /** Whose texts must not reach anyone else: by user. */
  marks: Marks;
  /** How many requests in all: 1 to 20,000. */
  total: number;
  /** How many at a time: 1 to 100. */
  connections: number;
}

export interface StormRequest extends LoadRequest {
  /** Who asks, by the name that the marks go by. */
  who: string;
}

/** What the answers held. */
export interface StormResult {
  answered: number;
  /** Answers that held somebody else's mark. */
  leaked: number;
  /** Answers by status. */
  statuses: Readonly<Record<string, number>>;
  /** Connections that broke, and requests that were not answered within 10 s. */
  failed: number;
  /** By who asked. */
  users: Readonly<Record<string, StormUser>>;
  first: FirstLeak | undefined;
}

export interface StormUser {
  asked: number;
  /** Answers with a mark of their own and nobody else's. */
  own: number;
  /** Answers with somebody else's mark. */
  others: number;
  /** Whose marks those were: answers by victim. */
  victims: Readonly<Record<string, number>>;
}

/** The first answer, in order of arrival, that held somebody else's mark. */
export interface FirstLeak {
  /** Counted from 1, in order of arrival. */
  sequence: number;
  who: string;
  victim: string;
  /** The mark as it is planted. */
  mark: string;
  /** Where it was found: a header's name, or `body`. */
  where: string;
  request: ProbeRequest;
}
