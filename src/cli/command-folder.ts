import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweep } from '../runtime/index.ts';
import type { Context } from './context.ts';

/** `grade` and `labs validate` work outside any workspace. */
type Command = 'grade' | 'validate';

/**
 * A folder for copies of what is graded or proved. It goes with the command, and those of commands that were killed go with
 * the next: a class's work is not left lying about.
 */
export async function ownCommandFolder(
  { ending, pid, isRunning }: Pick<Context, 'ending' | 'pid' | 'isRunning'>,
  command: Command,
): Promise<string> {
  await sweepCommandFolders({ isRunning });
  const own = await mkdtemp(join(tmpdir(), `course-labs-${command}-${pid}-`));
  ending.defer(() => rm(own, { recursive: true, force: true }));
  return own;
}

/** Removes the folders of commands that were killed, and ends what they left running; gives how many processes that were. */
export async function sweepCommandFolders({
  isRunning,
}: Pick<Context, 'isRunning'>): Promise<number> {
  const left = (await readdir(tmpdir())).filter((name) => {
    const [, owner] = /^course-labs-(?:grade|validate)-(\d+)-/.exec(name) ?? [];
    return owner !== undefined && !isRunning(Number(owner));
  });
  let ended = 0;
  // Of another user's nothing can be removed, and need not be.
  await Promise.allSettled(
    left.map(async (name) => {
      // What was started for it is noted in it.
      const { length } = await sweep(join(tmpdir(), name));
      ended += length;
      await rm(join(tmpdir(), name), { recursive: true, force: true });
    }),
  );
  return ended;
}
