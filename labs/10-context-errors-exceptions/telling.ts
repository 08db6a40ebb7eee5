/*
 * How records of a log are told on a screen.
 */
import type { LogRecord } from 'course-labs/kit';
import { logLevels, shortText } from 'course-labs/kit';
import { userOf } from './asking.ts';

interface Fields {
  err?: { type?: unknown; message?: unknown };
  res?: { statusCode?: unknown };
  outcome?: unknown;
}

/** `09:41:07.218`, in UTC. */
export function timeOf({ timeMs }: LogRecord): string {
  return timeMs === undefined ? '' : new Date(timeMs).toISOString().slice(11, 23);
}

/** What a record says beside its level, its time and its id. */
export function saidIn(record: LogRecord): string {
  const { err, res, outcome } = (record.fields ?? {}) as Fields;
  const user = userOf(record);
  const parts = [
    record.fields ? record.msg : record.line,
    record.event === undefined ? '' : `event ${record.event}, ${outcome ?? 'no outcome'}`,
    user === undefined ? '' : `userId ${user}`,
    err?.type === undefined ? '' : `err ${err.type}: ${err.message}`,
    res?.statusCode === undefined ? '' : `status ${res.statusCode}`,
  ];
  return shortText(parts.filter((part) => part !== '').join('; '), 120);
}

/** `2 error, 1 info`; the most severe first. */
export function levelsOf(records: readonly LogRecord[]): string {
  const told = [...logLevels.toReversed(), undefined].flatMap((level) => {
    const count = records.filter((record) => record.level === level).length;
    return count === 0 ? [] : [`${count} ${level ?? 'without a level'}`];
  });
  return told.join(', ') || 'none';
}
