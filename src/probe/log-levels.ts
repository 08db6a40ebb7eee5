import { type LogLevel, logLevels } from '../kit/index.ts';

/** Whose numbers a stream speaks: 30 is info in pino and WARNING in Python's logging. Names are the same in both. */
export type LogDialect = 'pino' | 'python';

/** pino: `pino.levels`. Python: the table "Logging Levels" of the logging module, which has no trace. */
const numbers: Readonly<Record<LogDialect, ReadonlyMap<number, LogLevel>>> = {
  pino: new Map(logLevels.map((level, index) => [(index + 1) * 10, level])),
  python: new Map([
    [10, 'debug'],
    [20, 'info'],
    [30, 'warn'],
    [40, 'error'],
    [50, 'fatal'],
  ]),
};

const names: ReadonlyMap<string, LogLevel> = new Map([
  ...logLevels.map((level) => [level, level] as const),
  ['warning', 'warn'],
  ['critical', 'fatal'],
]);

/** The level that a line's `level` field means; undefined where it means none. */
export function levelOf(value: unknown, dialect: LogDialect): LogLevel | undefined {
  if (typeof value === 'number') return numbers[dialect].get(value);
  return typeof value === 'string' ? names.get(value.toLowerCase()) : undefined;
}
