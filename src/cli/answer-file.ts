import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, usageError } from '../errors.ts';

const mostBytes = 65_536;

/**
 * An answer as it was given: `@status.md` stands for the text of that file, seen from `cwd`. Throws a usage error where
 * the file cannot be read, or is too large to be an answer.
 */
export function answerText(given: string, cwd: string): string {
  const name = given.trim();
  if (!name.startsWith('@') || name.length === 1) return given;
  const file = resolve(cwd, name.slice(1));
  let bytes: Buffer;
  try {
    bytes = readBeginning(file, mostBytes + 1);
  } catch (error) {
    throw usageError(
      `The answer ${name} names a file that cannot be read: ${messageOf(error)}.`,
      'Write the text into a file, and give its path from here: @status.md',
    );
  }
  if (bytes.length <= mostBytes) return bytes.toString('utf8');
  throw usageError(`${file} is larger than ${mostBytes / 1024} kB: that is no answer.`);
}

/** Reads, and does not ask for the size: pipes and devices tell none, and some never end. */
function readBeginning(file: string, most: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(most);
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read) {
      read = readSync(handle, buffer, length, most - length, null);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}
