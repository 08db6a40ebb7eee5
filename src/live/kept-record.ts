import type { LogLevel } from '../kit/index.ts';
import type { WatchedRecord } from '../probe/log-line.ts';

/** What is kept of a line, to be shown and searched later. */
export interface KeptRecord {
  /** Counted from 1 over all lines that were read. */
  sequence: number;
  /** As it was written. */
  line: string;
  /** Undefined where the line is no record with a level of the contract. */
  level: LogLevel | undefined;
  /** Epoch milliseconds. */
  timeMs: number | undefined;
  reqId: string | undefined;
  event: string | undefined;
  /** `userId`, else `user` or `username` where that is a text or a number. */
  user: string | undefined;
}

export function keptRecord(record: WatchedRecord, sequence: number): KeptRecord {
  const { line, level, timeMs, reqId, event, fields } = record;
  const user = fields && (nameOf(fields.userId) ?? nameOf(fields.user) ?? nameOf(fields.username));
  return { sequence, line, level, timeMs, reqId, event, user };
}

/**
 * The same with a line of its own. A line that was cut out of a large text holds on to all of it: a few that are kept for
 * long, each of another text, would hold on to much.
 */
export function withOwnLine(record: KeptRecord): KeptRecord {
  return { ...record, line: Buffer.from(record.line).toString() };
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}
