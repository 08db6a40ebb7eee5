import type { Marks } from './marks.ts';
import type { LoadRequest } from './scenario.ts';
import type { ProbeRequest } from './server.ts';

/** Requests of several users, sent interleaved and many at a time. */
export interface Storm {
  /**
   * 1 to 1,000, sent in turn, again and again; list them so that neighbours belong to different users. GET, HEAD, PUT
   * and DELETE are sent once more where a kept-alive connection turns out to be closed (RFC 9110, 9.2.2).
   */
  requests: readonly StormRequest[];
  /**
   * Whose texts must not reach anyone else: by user. Each has at least 8 characters, since anything shorter may turn up
   * by chance, and belongs to one user.
   */
  marks: Marks;
  /** How many requests in all: 1 to 20,000. */
  total: number;
  /** How many at a time: 1 to 100. */
  connections: number;
}

/** One request of a storm. */
export interface StormRequest extends LoadRequest {
  /** Who asks, by the name that the marks go by. */
  who: string;
}

/**
 * What the answers held. `answered + failed` is what was asked, which is the whole storm, unless it gave up: after 50 s,
 * or when as many requests as there are connections (and at least 3) had failed in a row.
 */
export interface StormResult {
  /** Whole answers, whatever their status. */
  answered: number;
  /** Answers that held somebody else's mark. */
  leaked: number;
  /** Answers by status. */
  statuses: Readonly<Record<string, number>>;
  /** Requests without a whole answer: the connection broke, or 10 s were over. */
  failed: number;
  /** By who asked, in the order in which they first asked. */
  users: Readonly<Record<string, StormUser>>;
  /** The first leak; undefined where there was none. */
  first: FirstLeak | undefined;
}

/** What became of one user's requests. */
export interface StormUser {
  /** Requests that were sent. */
  asked: number;
  /** Whole answers, whatever their status. */
  answered: number;
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
  /** Who got it. */
  who: string;
  /** Whose mark it was. */
  victim: string;
  /** The mark as it is planted. */
  mark: string;
  /** Where it was found: `body`, or a header's name in lower case. */
  where: string;
  /** The request whose answer it was. */
  request: ProbeRequest;
}
