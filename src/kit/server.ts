import type { LogLevel, LogRecord } from './log-record.ts';

/** What a server is launched with; each field becomes one variable of the server contract. */
export interface ServerSettings {
  /** CACHE_BACKEND; default `memory`. */
  cacheBackend?: 'none' | 'memory' | 'file' | 'redis';
  /** CACHE_TTL_S: whole seconds, at least 1; default 60, so that no slow machine makes a hit a miss. */
  cacheTtlSeconds?: number;
  /** CACHE_NEGATIVE_TTL_S: whole seconds, at least 1; default 30. */
  cacheNegativeTtlSeconds?: number;
  /** CACHE_GRACE_S: whole seconds; not set unless given. */
  cacheGraceSeconds?: number;
  /** CACHE_MAX_ENTRIES; default 10,000. */
  cacheMaxEntries?: number;
  /** LOG_LEVEL; default `info`. */
  logLevel?: LogLevel;
  /** Sets ERROR_LOG to a fresh file. */
  errorLog?: boolean;
  /** INSTANCE: a name, when two run side by side; default `a`. */
  instance?: string;
}

/** One request of a check or an experiment. */
export interface ProbeRequest {
  /** Default GET. */
  method?: string;
  /** Percent-encoded already, sent as it is; build it with `apiPath`. */
  path: string;
  /** Sent as they are. */
  headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is; anything else as JSON. */
  body?: unknown;
  /** Adds `Authorization: Token <token>`. */
  token?: string;
}

/** A server's answer to one request. */
export interface Answer {
  /** What was asked; `curlLine` makes a command of it. */
  request: ProbeRequest;
  /** The HTTP status: 200 to 599. */
  status: number;
  /** Names in lower case; repeated headers in one array. */
  headers: Readonly<Record<string, string | readonly string[]>>;
  /** The body as UTF-8. */
  text: string;
  /** The body read as JSON; undefined where it is none. */
  json: unknown;
  /** Monotonic milliseconds (`Clock`): when the request was sent. */
  sentAtMs: number;
  /** Monotonic milliseconds: when the whole answer was held. */
  receivedAtMs: number;
}

/** How a process ended. Exactly one of code and signal is not null. */
export interface ProcessEnd {
  /** The exit code; null where a signal ended it. */
  code: number | null;
  /** `SIGKILL`; null where it ended by itself. */
  signal: string | null;
}

/** What a server's process has used. */
export interface ServerUsage {
  /** User and system CPU time in milliseconds since its start. */
  cpuMs: number;
  /** Resident memory in bytes, buffers included. */
  memoryBytes: number;
}

/** A running API server: the lab's, or the learner's. */
export interface Server {
  /** `http://127.0.0.1:<port>`, without a trailing slash. */
  readonly url: string;
  /** What it was launched with; a field that is absent has its default. */
  readonly settings: Readonly<ServerSettings>;
  /**
   * Asks once and gives the whole answer. Where none comes within 10 s, the connection breaks, or the server has
   * ended, it throws a failure of the answer: a check need not look at that.
   */
  request(request: ProbeRequest): Promise<Answer>;
  /** `request` with GET. */
  get(path: string, options?: Omit<ProbeRequest, 'path' | 'method'>): Promise<Answer>;
  /** Every record on its stdout until now, oldest first. */
  logs(): readonly LogRecord[];
  /** Every record in its ERROR_LOG until now, oldest first; empty where its settings ask for none. */
  errorLog(): readonly LogRecord[];
  /** Every line on its stderr until now. */
  stderr(): readonly string[];
  /** Undefined where the system does not tell, and once the server has ended. */
  usage(): Promise<ServerUsage | undefined>;
  /** SIGTERM, a grace time of 5 s, then SIGKILL. */
  stop(): Promise<ProcessEnd>;
  /** SIGKILL at once, to the whole process group. */
  kill(): Promise<ProcessEnd>;
}
