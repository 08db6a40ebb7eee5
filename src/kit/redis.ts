/** One command that an answer sent to Redis. */
export interface RedisCommand {
  /** In upper case: `SET`. */
  name: string;
  /** As they were sent, read as UTF-8. */
  args: readonly string[];
  /** Monotonic milliseconds (`Clock`). */
  sentAtMs: number;
}

/** One key that Redis holds. */
export interface RedisEntry {
  key: string;
  /** `string`, `hash`, `set`, `zset`, `list` or `stream`. */
  type: string;
  /** Seconds until it expires, fractional; undefined where it never does. */
  ttlSeconds: number | undefined;
  /** The value of a string, the fields of a hash as `[name, value, ...]`; undefined for other types. */
  value: string | readonly string[] | undefined;
}

/** The real Redis of a check or an experiment. What an answer sends is seen on its way. */
export interface Redis {
  /** What answers have sent since the check began, in order; what a client library sends by itself (CLIENT, INFO, PING, AUTH, SELECT, HELLO) apart. */
  commands(): readonly RedisCommand[];
  /** All keys that are there now, in order of key. */
  entries(): Promise<readonly RedisEntry[]>;
  /** SIGKILL: connections break, and new ones are refused. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open, and nothing is answered. */
  freeze(): Promise<void>;
  /** It answers again, on the same port: after `freeze` as if nothing had been, after `kill` empty. */
  restore(): Promise<void>;
}
