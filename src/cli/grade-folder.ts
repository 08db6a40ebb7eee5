import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweep } from '../runtime/index.ts';
import type { Context } from './context.ts';

/**
 * A folder for copies of what is graded. It goes with the command, and those of commands that were killed go with the next:
 * a class's work is not left lying about.
 */
export async function ownGradeFolder({
  ending,
  pid,
  isRunning,
}: Pick<Context, 'ending' | 'pid' | 'isRunning'>): Promise<string> {
  const left = (await readdir(tmpdir())).filter((name) => {
    const [, owner] = /^course-labs-grade-(\d+)-/.exec(name) ?? [];
    return owner !== undefined && !isRunning(Number(owner));
  });
  // Of another user's nothing can be removed, and need not be.
  await Promise.allSettled(
    left.map(async (name) => {
      // What was started for it is noted in it.
      await sweep(join(tmpdir(), name));
      await rm(join(tmpdir(), name), { recursive: true, force: true });
    }),
  );
  const own = await mkdtemp(join(tmpdir(), `course-labs-grade-${pid}-`));
  ending.defer(() => rm(own, { recursive: true, force: true }));
  return own;
}
