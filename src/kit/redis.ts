/** One command that an answer sent to Redis. */
export interface RedisCommand {
  /** In upper case: `SET`. */
  name: string;
  /** As they were sent, read as UTF-8. Of one command 4 MB are kept: an argument is cut there. */
  args: readonly string[];
  /** Monotonic milliseconds (`Clock`): when the whole command was seen, on its way to Redis. */
  sentAtMs: number;
}

/** One key that Redis holds. */
export interface RedisEntry {
  /** Whole, with what a library put before it. */
  key: string;
  /** `string`, `hash`, `set`, `zset`, `list` or `stream`. */
  type: string;
  /** Seconds until it expires, fractional; undefined where it never does. */
  ttlSeconds: number | undefined;
  /** The value of a string, the fields of a hash as `[name, value, ...]`; undefined for other types. */
  value: string | readonly string[] | undefined;
}

/**
 * The real Redis of a check or an experiment. What an answer sends is seen on its way. One that is killed or frozen at
 * the end of a check is restored before the next.
 */
export interface Redis {
  /**
   * What answers have sent since the check began, in order, those that Redis refused or never answered included. What a
   * client library sends by itself (AUTH, CLIENT, COMMAND, HELLO, INFO, PING, QUIT, READONLY, RESET, SELECT) is left
   * out. Throws where more came than is kept: 200,000 commands, or 64 MB.
   */
  commands(): readonly RedisCommand[];
  /** All keys that are there now, in order of key. Rejects while Redis is killed or frozen. */
  entries(): Promise<readonly RedisEntry[]>;
  /** SIGKILL: connections break, and new ones are refused. A frozen one may be killed; a killed one stays so. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open, new ones are taken, and nothing is answered. Rejects while it is killed. */
  freeze(): Promise<void>;
  /**
   * Resolves when it answers again, on the same port: after `freeze` with all that it held, and what was sent meanwhile
   * is done now; after `kill` empty.
   */
  restore(): Promise<void>;
}
