/** The registrar's routes by name; `/students/:id/` and what is under it start with `student`. */
export const originRoutes = [
  'subjects',
  'subject',
  'subject-stats',
  'announcements',
  'seats',
  'subject-create',
  'subject-update',
  'student',
  'student-grades',
  'student-locker',
  'student-stats',
  'grade-create',
  'token-create',
  'token',
  'token-delete',
  'page',
  'explain',
  'unknown',
] as const;

/** A route of the registrar by its name. */
export type OriginRoute = (typeof originRoutes)[number];

/** One call that reached the registrar. */
export interface OriginCall {
  /** 1, 2, ... in order of arrival, since the last reset. */
  sequence: number;
  /** `unknown` for a path that it does not have. */
  route: OriginRoute;
  /** In upper case: `GET`. */
  method: string;
  /** The path as it came, without the query. */
  path: string;
  /** Whom or what it asked for: the subject's own spelling of its name, the student's id, the page's id, or the token. */
  key: string | undefined;
  /** By name, decoded; empty where there is none. */
  query: Readonly<Record<string, string>>;
  /** The X-Request-Id that came with it; undefined where none did. */
  requestId: string | undefined;
  /** Monotonic milliseconds (`Clock`, shared by all processes of the machine). */
  arrivedAtMs: number;
  /** Undefined while it is not answered. */
  answeredAtMs: number | undefined;
  /** What it was answered; undefined while it is not. */
  status: number | undefined;
}

/** Which calls a rule or a count is about; a field that is absent matches all. */
export interface CallFilter {
  /** One of `originRoutes`. */
  route?: OriginRoute;
  /** `GET`; in any case. */
  method?: string;
  /** Compared in Unicode lower case. */
  key?: string;
}

/** A failure that the registrar plays instead of its answer. */
export interface Fault extends CallFilter {
  /** 400 to 599, or 200 with a body of another kind. */
  status: number;
  /** Default `{"detail": "..."}` in JSON. */
  body?: string;
  /** Default application/json. */
  contentType?: string;
  /** How many calls it strikes; default all until it is cleared. */
  times?: number;
}

/** Reads that wait until they are let go. */
export interface HeldCalls {
  /** Resolves when `count` calls wait; throws a failure of the answer after `withinMs` (default 10,000). */
  arrived(count?: number, withinMs?: number): Promise<void>;
  /** Lets go what waits, and holds no more. */
  release(): Promise<void>;
}

/** What every call to the registrar costs. */
export interface OriginSettings {
  /** Added to each answer, in milliseconds; default 0 in checks. */
  roundTripMs?: number;
  /** Calls that are worked on at a time, the others wait; default unlimited. */
  connections?: number;
}

/** What the registrar answers on `/pages/:id/`. */
export interface ScriptedPage {
  /** 200 to 599. */
  status: number;
  /** Each name once; none that belongs to the connection, no Content-Length, Date or Server. */
  headers: Readonly<Record<string, string>>;
  /** Sent as it is; empty for 204 and 304. */
  body: string;
}

/** The registrar, as a check or an experiment commands and observes it. An answer cannot reach any of this. */
export interface Origin {
  /** Where it answers, without a trailing slash. */
  readonly url: string;
  /** Data calls in order of arrival since the last reset (token look-ups, -creations and -deletions apart). */
  calls(filter?: CallFilter): Promise<readonly OriginCall[]>;
  /** How many. */
  count(filter?: CallFilter): Promise<number>;
  /** Look-ups of tokens, which are counted apart. */
  tokenCalls(): Promise<readonly OriginCall[]>;
  /** What the registrar itself says to a GET now, without counting it. `path` as in the registrar's routes. */
  ask(path: string): Promise<{ status: number; json: unknown }>;
  /** What calls cost from now on; a field that is absent takes its default. Rejects with an Error where one is out of range. */
  configure(settings: OriginSettings): Promise<void>;
  /** From now on calls that match fail so, until `clearRules`; of several faults the one that was set first strikes. */
  fail(fault: Fault): Promise<void>;
  /** From now on calls that match take so much longer: 0 to 600,000 ms. Of several delays the one that was set last counts. */
  delay(filter: CallFilter, delayMs: number): Promise<void>;
  /** From now on reads that match wait, with what they read when they came, until they are let go. Rejects with an Error for writes. */
  hold(filter: CallFilter): Promise<HeldCalls>;
  /** From now on `/pages/<pageId>/` is answered so. Rejects with an Error where no server could send it. */
  script(pageId: string, page: ScriptedPage): Promise<void>;
  /** Faults, delays and holds end. */
  clearRules(): Promise<void>;
}
