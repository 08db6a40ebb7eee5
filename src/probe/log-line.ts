import type { LogRecord } from '../kit/index.ts';
import { parseJson } from '../kit/parse-json.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import { type LogDialect, levelOf } from './log-levels.ts';

/** A record of which nobody has looked whether keys stand twice: that takes longer than all the rest. */
export type WatchedRecord = Omit<LogRecord, 'duplicateKeys'>;

/**
 * Reads one line of a log stream. A line that is no JSON object (a banner, a line that was cut or torn), or one nested so
 * deep that nobody can have meant it, is kept as text: it has no level and no fields.
 */
export function readLogLine(line: string, dialect: LogDialect = 'pino'): LogRecord {
  const record = watchLogLine(line, dialect);
  return { ...record, duplicateKeys: record.fields ? duplicateKeys(line) : [] };
}

/** The same for a stream that is watched as it comes, some ten thousand lines a second. */
export function watchLogLine(line: string, dialect: LogDialect = 'pino'): WatchedRecord {
  const fields = parseObject(line);
  return {
    line,
    level: levelOf(fields?.level, dialect),
    timeMs: timeOf(fields?.time),
    msg: textOf(fields?.msg) ?? '',
    reqId: textOf(fields?.reqId),
    event: textOf(fields?.event),
    fields,
  };
}

function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(line)) return undefined;
  try {
    return parseJson(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Epoch milliseconds, or ISO 8601 with its time; a time without a zone is local, as in ECMAScript. */
function timeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return undefined;
  const timeMs = Date.parse(value);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
