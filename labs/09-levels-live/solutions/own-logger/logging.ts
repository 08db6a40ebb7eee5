/*
 * The parts of Python's logging in small: a logger with a level, handlers with theirs, a formatter.
 */
import { openSync, writeSync } from 'node:fs';

export const levels = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;
export type Level = keyof typeof levels;

export interface LogRecord {
  level: Level;
  fields: Readonly<Record<string, unknown>>;
  msg: string;
}

/** Where records go, from a level on. */
export interface Handler {
  level: Level;
  handle(record: LogRecord): void;
}

/** The formatter. What the server says comes last, so no field of a client can take its place. */
function asLine({ level, fields, msg }: LogRecord): string {
  const { err, ...rest } = fields;
  const told = err instanceof Error && { type: err.name, message: err.message, stack: err.stack };
  const record = {
    ...rest,
    ...(told && { err: told }),
    level: levels[level],
    time: Date.now(),
    msg,
  };
  return `${JSON.stringify(record)}\n`;
}

/** Writes at once. `to` is a path or a descriptor that is open. */
export function fileHandler(to: string | number, level: Level): Handler {
  const fd = typeof to === 'number' ? to : openSync(to, 'a');
  return { level, handle: (record) => void writeSync(fd, asLine(record)) };
}

/** What all loggers of a program share. */
export interface Root {
  level: Level;
  handlers: readonly Handler[];
}

type Write = (fields: object | string, msg?: string) => void;
export type Logger = Record<Level, Write>;

/** A logger whose records hold `bindings`. It looks its level up each time, so a change is seen at once. */
export function getLogger(root: Root, bindings: object = {}): Logger {
  const writer =
    (level: Level): Write =>
    (fields, msg) => {
      if (levels[level] < levels[root.level]) return;
      const [own, text] = typeof fields === 'string' ? [{}, fields] : [fields, msg ?? ''];
      const record = { level, fields: { ...bindings, ...own }, msg: text };
      for (const handler of root.handlers) {
        if (levels[level] >= levels[handler.level]) handler.handle(record);
      }
    };
  const names = Object.keys(levels) as Level[];
  return Object.fromEntries(names.map((level) => [level, writer(level)])) as Logger;
}
