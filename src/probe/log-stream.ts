import { StringDecoder } from 'node:string_decoder';
import type { LogRecord } from '../kit/index.ts';
import type { LogDialect } from './log-levels.ts';
import { readLogLine } from './log-line.ts';

export interface LogStreamOptions {
  /** Whose level numbers the stream speaks; default `pino`. */
  dialect?: LogDialect;
  /** A longer line is cut here and kept as text; default 262,144 characters. */
  maxLineLength?: number;
  /** Called with each record, in order. */
  onRecord(record: LogRecord): void;
}

/** Makes records of the bytes of a log stream as they come, however they are cut. */
export interface LogStream {
  /** Bytes as they came, or text. */
  write(chunk: Uint8Array | string): void;
  /** The stream is over: a last line without its newline is a record too. */
  end(): void;
}

/** Opens a reader of JSON lines: blank lines are left out, CR LF ends a line as LF does. */
export function createLogStream(options: LogStreamOptions): LogStream {
  const { onRecord, dialect = 'pino', maxLineLength = 262_144 } = options;
  const decoder = new StringDecoder('utf8');
  let rest = '';

  const emit = (line: string) => {
    // Cut first: what is over the limit may never have been kept, and must not decide whether the line is blank.
    const text = (line.endsWith('\r') ? line.slice(0, -1) : line).slice(0, maxLineLength);
    if (text.trim() !== '') onRecord(readLogLine(text, dialect));
  };
  const take = (text: string) => {
    const lines = text.split('\n');
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? '';
    for (const line of lines) emit(line);
    // What is over the limit is dropped while the line still grows, so that a line without an end costs no memory.
    if (rest.length > maxLineLength) rest = rest.slice(0, maxLineLength + 1);
  };

  return {
    write: (chunk) => take(typeof chunk === 'string' ? chunk : decoder.write(chunk)),
    end: () => {
      take(decoder.end());
      emit(rest);
      rest = '';
    },
  };
}
