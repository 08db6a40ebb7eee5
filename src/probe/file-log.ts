import { readFileSync } from 'node:fs';
import { errorCode } from '../errors.ts';
import type { LogRecord } from '../kit/index.ts';
import { createLogStream } from './log-stream.ts';

/**
 * The records of a log file until now. It is read whole each time: a program may cut it, or write it anew. A file that is
 * not there has none; a last line without its newline is a record, as in a stream that ends.
 */
export function createFileLog(file: string | undefined): () => readonly LogRecord[] {
  return () => {
    const records: LogRecord[] = [];
    const stream = createLogStream({ onRecord: (record) => records.push(record) });
    stream.write(file === undefined ? '' : read(file));
    stream.end();
    return records;
  };
}

function read(file: string): Uint8Array | string {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
