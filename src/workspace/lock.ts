import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { couldNotRun, errorCode } from '../errors.ts';
import { stateFolder } from './paths.ts';

/** A lock that is held now. */
export interface HeldLock {
  /** Throws when another command has taken the lock over: called right before a file is replaced. */
  confirm(): Promise<void>;
}

interface Waiting {
  /** How often a lock that is taken is asked for. */
  tries: number;
  /** Between two tries, in milliseconds. */
  pauseMs: number;
}

/** About 5 s: longer than an abandoned lock lives. */
const patience: Waiting = { tries: 250, pauseMs: 20 };

/**
 * A holder shows every second that it lives. A lock without such a sign for this long was left by a command that was
 * killed, and is taken over.
 */
const abandonedAfterMs = 3_000;

/**
 * Does something while no other command writes in this workspace. Held for milliseconds only: never while a person is
 * asked or a server runs. The action is done again from its start when the lock was lost under it, so it must begin by
 * reading. Throws couldNotRun when the lock is not to be had.
 */
export async function withLock<T>(
  root: string,
  action: (lock: HeldLock) => Promise<T>,
  waiting: Waiting = patience,
): Promise<T> {
  await makeStateFolder(root);
  const file = join(stateFolder(root), 'lock');
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const release = await acquire(file, waiting);
    const held = await identity(file);
    const isMine = async () => held !== undefined && (await identity(file)) === held;
    const confirm = async () => {
      if (!(await isMine())) throw new Error('another command took the lock over');
    };
    try {
      const result = await action({ confirm });
      if (await isMine()) await release();
      return result;
    } catch (error) {
      // Whatever went wrong then came from two commands writing at once. The other one's lock is not ours to remove.
      if (!(await isMine())) continue;
      await release();
      throw error;
    }
  }
  throw lockedByAnother(file);
}

async function acquire(file: string, { tries, pauseMs }: Waiting): Promise<() => Promise<void>> {
  const { lock } = await import('proper-lockfile');
  for (let left = tries; ; left -= 1) {
    try {
      const release = await lock(file, {
        lockfilePath: file,
        realpath: false,
        stale: abandonedAfterMs,
        // By default the process would crash; `confirm` finds the same out, and in time.
        onCompromised: () => {},
      });
      // What was to be done is done. A lock that cannot be removed soon counts as abandoned.
      return () => release().catch(() => {});
    } catch (error) {
      // ENOENT: an abandoned lock that two commands took over at the same moment.
      const taken = ['ELOCKED', 'ENOENT'].includes(errorCode(error) ?? '');
      if (!taken) throw error;
      if (left <= 1) throw lockedByAnother(file);
      await pause(pauseMs);
    }
  }
}

/** Tells one lock from the next one of the same name; undefined where there is none. */
async function identity(file: string): Promise<string | undefined> {
  try {
    const { ino, birthtimeNs } = await stat(file, { bigint: true });
    return `${ino} ${birthtimeNs}`;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Not recursive: a workspace that is gone must not come back as an empty folder. */
async function makeStateFolder(root: string): Promise<void> {
  try {
    await mkdir(stateFolder(root));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function lockedByAnother(file: string): Error {
  return couldNotRun(
    'Another course-labs command is writing in this workspace and does not come to an end.',
    `Wait for it, or end it. If there is none, remove its lock: rmdir '${file}'`,
  );
}
