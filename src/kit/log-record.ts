/** Levels by name, from the most to the least talkative. Python's WARNING is `warn`, its CRITICAL is `fatal`. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

/** A level by its name. */
export type LogLevel = (typeof logLevels)[number];

/** One line of a log stream. */
export interface LogRecord {
  /** The line as it was written, without the newline. */
  line: string;
  /** Undefined where the line is no JSON object or its level is unknown. */
  level: LogLevel | undefined;
  /** Epoch milliseconds; undefined where the line tells none. */
  timeMs: number | undefined;
  /** Empty where the line tells none. */
  msg: string;
  /** The request that it belongs to; undefined where the line tells none. */
  reqId: string | undefined;
  /** What happened: `login`, `grade.created`; undefined where the line tells none. */
  event: string | undefined;
  /** The line as a JSON object; undefined where it is none. Of a key that stands twice, the last value. */
  fields: Readonly<Record<string, unknown>> | undefined;
  /** Keys that stand more than once in one object of the line: JSON.parse would hide a forgery. */
  duplicateKeys: readonly string[];
}
