import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cache } from '../starter/routes.ts';

interface Entry {
  value: unknown;
  /** Epoch milliseconds: the one clock that all processes, and a later one, have in common. */
  endsAt: number;
}

/**
 * Keeps each value in a file of its own, in a folder that several processes share.
 *
 * Two of them may write the same entry at once, and a third may read it meanwhile. So nobody writes
 * into an entry: a new one is written beside it, whole, under a name that nobody else has, and then
 * takes the old one's name. Within one file system a rename happens at once or not at all: whoever
 * reads finds the old entry or the new one, never a part of either.
 */
export async function createFileCache(folder: string, ttlSeconds: number): Promise<Cache> {
  await mkdir(folder, { recursive: true });
  await sweep(folder, ttlSeconds);
  // A key may hold what no file name may, and be longer than one.
  const fileOf = (key: string) =>
    join(folder, `${createHash('sha256').update(key).digest('hex')}.json`);

  return {
    get: async (key) => {
      const text = await readFile(fileOf(key), 'utf8').catch(missing);
      if (text === undefined) return undefined;
      const { value, endsAt } = JSON.parse(text) as Entry;
      return Date.now() < endsAt ? value : undefined;
    },
    set: async (key, value) => {
      const draft = join(folder, `${randomUUID()}.draft`);
      const entry: Entry = { value, endsAt: Date.now() + ttlSeconds * 1000 };
      try {
        await writeFile(draft, JSON.stringify(entry));
        await rename(draft, fileOf(key));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    delete: async (keys) => {
      await Promise.all(keys.map((key) => rm(fileOf(key), { force: true })));
    },
    close: async () => {},
  };
}

/**
 * Removes what was not written for a TTL, and a minute more: entries that nobody asked for again, and drafts of processes
 * that were killed. One that is written again at this moment may go with them, which is a miss, and no harm.
 */
async function sweep(folder: string, ttlSeconds: number): Promise<void> {
  const before = Date.now() - (ttlSeconds + 60) * 1000;
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const written = await stat(file).catch(missing);
    if (written && written.mtimeMs < before) await rm(file, { force: true });
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
