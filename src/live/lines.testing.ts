import { type LogLevel, logLevels } from '../kit/index.ts';
import { type WatchedRecord, watchLogLine } from '../probe/log-line.ts';

/** A record as a server would write it. */
export function record(level: LogLevel, fields: object = {}): WatchedRecord {
  const line = { level: 10 * (logLevels.indexOf(level) + 1), time: 1_732_600_000_000, ...fields };
  return watchLogLine(JSON.stringify(line));
}
