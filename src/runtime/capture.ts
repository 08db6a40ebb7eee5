import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLineStore } from './line-store.ts';

/**
 * Takes what a program writes to one of its streams. The stream is a file and no pipe: Node makes a pipe
 * non-blocking, and pino's synchronous destination sleeps for 100 ms each time when the pipe is full (measured:
 * 100,000 lines took 14.6 s through a pipe and 0.2 s through a file). So our reading would have been part of what a
 * benchmark measures. It also means that a line which was written before an answer was sent can be read as soon as
 * the answer is there, and that a killed program loses nothing.
 */
export interface Capture {
  /** To be given to the program as its stream; closed by `close`. */
  readonly fd: number;
  /** Takes in what was written until now. */
  read(): void;
  /** Lines until now (it reads first). */
  lines(partial: boolean): readonly string[];
  dropped(): number;
  /** Of them, those that came faster than they could be read: `onLine` was never told of them. */
  unread(): number;
  /** Bytes that were written until now; it reads none of them. */
  written(): number;
  /** Reads once more and lets the file go; the lines stay. */
  close(): void;
}

const bufferBytes = 1024 * 1024;
/** A file that has grown beyond this is emptied once it was read. */
const fileBytes = 64 * 1024 * 1024;
const newline = 0x0a;

/** Reading is synchronous, so one buffer serves all. */
let buffer: Buffer | undefined;

/** The file has no name: it is gone when the last of us has closed it, however we end. */
export function openCapture(keptBytes: number, onLine?: (line: string) => void): Capture {
  const fd = openNameless();
  const store = createLineStore(keptBytes, onLine);
  let offset = 0;
  /** Bytes of files that were emptied. */
  let before = 0;
  let skipped = 0;
  /** What comes next is the end of a line whose beginning was skipped. */
  let torn = false;
  let open = true;

  const readUntil = (end: number, take: (chunk: Buffer) => void) => {
    buffer ??= Buffer.alloc(bufferBytes);
    while (offset < end) {
      const count = readSync(fd, buffer, 0, Math.min(buffer.length, end - offset), offset);
      if (count === 0) return;
      offset += count;
      take(buffer.subarray(0, count));
    }
  };
  const readToEnd = () => {
    // The size first: a program that writes faster than we read must not keep us here.
    const { size } = fstatSync(fd);
    // What would not be kept is not made into lines.
    if (size - keptBytes > offset) {
      store.cut();
      torn = true;
    }
    readUntil(size - keptBytes, (chunk) => {
      skipped += newlinesIn(chunk);
    });
    readUntil(size, (chunk) => store.push(torn ? fromNextLine(chunk) : chunk));
  };
  const fromNextLine = (chunk: Buffer) => {
    const end = chunk.indexOf(newline);
    if (end < 0) return chunk.subarray(chunk.length);
    torn = false;
    skipped += 1;
    return chunk.subarray(end + 1);
  };
  /** The disk is not ours to fill. The program appends, so it goes on at the start of the empty file. */
  const empty = () => {
    for (let tries = 0; tries < 10 && fstatSync(fd).size !== offset; tries += 1) readToEnd();
    // What a torrent writes between the last look and the cut is lost, and no more.
    if (fstatSync(fd).size !== offset && offset < 4 * fileBytes) return;
    ftruncateSync(fd, 0);
    before += offset;
    offset = 0;
  };
  const read = () => {
    if (!open) return;
    readToEnd();
    if (offset > fileBytes) empty();
  };

  return {
    fd,
    read,
    lines(partial) {
      read();
      return store.lines(partial);
    },
    dropped: () => skipped + store.dropped(),
    unread: () => skipped,
    written: () => before + (open ? fstatSync(fd).size : offset),
    close() {
      if (!open) return;
      readToEnd();
      open = false;
      closeSync(fd);
    },
  };
}

function newlinesIn(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) count += 1;
  return count;
}

function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'course-labs-'));
  try {
    // Appending, so that the program's place in the file is always its end.
    return openSync(join(folder, 'output'), 'a+');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
