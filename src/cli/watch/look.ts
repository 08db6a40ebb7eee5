import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { CourseError, errorCode } from '../../errors.ts';
import { fingerprint } from '../../workspace/index.ts';

/** What one look at a learner's folder found. */
export type AnswerState =
  | { kind: 'there'; hash: string }
  /** There is nothing to grade, or it cannot be read: why, in one sentence. */
  | { kind: 'away'; why: string };

/** What a server may be called: the compiler takes no other. */
const entries = ['server.ts', 'server.js'];

/**
 * Looks at the contents of an answer's files: that works on every file system, however an editor saves. `shown` is the
 * folder as the learner types it.
 */
export async function lookAtAnswer(folder: string, shown: string): Promise<AnswerState> {
  try {
    const hash = await fingerprint(folder);
    if (await holdsEntry(folder)) return { kind: 'there', hash };
    return { kind: 'away', why: `There is no server.ts in ${shown}.` };
  } catch (error) {
    // A mount that is gone for a moment, a file that is being replaced: no reason to stop watching.
    if (error instanceof CourseError) return { kind: 'away', why: error.message };
    const code = errorCode(error);
    if (code === undefined) throw error;
    return { kind: 'away', why: `${shown} cannot be read now (${code}).` };
  }
}

async function holdsEntry(folder: string): Promise<boolean> {
  const found = await Promise.all(
    entries.map((name) =>
      access(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
