import { createReadStream } from 'node:fs';
import { couldNotRun, errorCode, messageOf } from '../errors.ts';
import { createLogStream } from '../probe/log-stream.ts';
import { type KeptRecord, keptRecord } from './kept-record.ts';
import { type LevelCounts, noCounts } from './level-counts.ts';
import { type Reader, shows } from './reader.ts';

/** What a log file holds, and what of it the reader lets through. */
export interface LogFileReport {
  file: string;
  made: LevelCounts;
  shown: LevelCounts;
}

export interface LogFileOptions {
  /** As it was named. */
  file: string;
  /** Absolute. */
  path: string;
  reader: Reader;
  /** Told of the records that the reader lets through, some at a time; the file is read on when it resolves. */
  onRecords(records: readonly KeptRecord[]): Promise<void>;
  signal: AbortSignal;
}

/** Reads a file of JSON lines, of any size, a part at a time. Throws (exit 3) where it cannot be read. */
export async function readLogFile(options: LogFileOptions): Promise<LogFileReport> {
  const { file, path, reader, onRecords, signal } = options;
  const made = noCounts();
  const shown = noCounts();
  let sequence = 0;
  let passed: KeptRecord[] = [];
  const stream = createLogStream({
    onRecord: (record) => {
      sequence += 1;
      const kept = keptRecord(record, sequence);
      const level = kept.level ?? 'other';
      made[level] += 1;
      if (!shows(reader, kept)) return;
      shown[level] += 1;
      passed.push(kept);
    },
  });
  const handOver = async () => {
    if (passed.length > 0) await onRecords(passed);
    passed = [];
  };

  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
      signal.throwIfAborted();
      stream.write(chunk as Buffer);
      await handOver();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EISDIR'
          ? 'is a folder'
          : `cannot be read: ${messageOf(error)}`;
    throw couldNotRun(
      `The file ${file} ${why}.`,
      'Name a file of JSON lines: course-labs logs --file app.log',
    );
  }
  stream.end();
  await handOver();
  return { file, made, shown };
}
