import type { LogLevel } from '../kit/index.ts';
import type { KeptRecord } from './kept-record.ts';
import { reaches } from './level-counts.ts';

/** What the reader lets through of what was made: it changes nothing at the source. */
export interface Reader {
  /** This level and those above it. A line without a level passes. */
  level: LogLevel;
  /** Exactly this request id. */
  request?: string;
  /** Exactly this user. */
  user?: string;
  /** Events whose name holds this text. */
  event?: string;
}

/** Whether the reader shows a record. */
export function shows(
  { level, request, user, event }: Reader,
  record: Pick<KeptRecord, 'level' | 'reqId' | 'user' | 'event'>,
): boolean {
  if (record.level !== undefined && !reaches(record.level, level)) return false;
  if (request !== undefined && record.reqId !== request) return false;
  if (user !== undefined && record.user !== user) return false;
  return event === undefined || record.event?.includes(event) === true;
}
