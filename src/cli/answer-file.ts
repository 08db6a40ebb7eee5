import { readFileSync, statSync } from 'node:fs';
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
  try {
    if (statSync(file).size <= mostBytes) return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(
      `The answer ${name} names a file that cannot be read: ${messageOf(error)}.`,
      'Write the text into a file, and give its path from here: @status.md',
    );
  }
  throw usageError(`${file} is larger than ${mostBytes / 1024} kB: that is no answer.`);
}
