import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What the smallest file takes of a disk, in bytes: the block of common file systems. */
const blockBytes = 4096;

/**
 * Bytes that a file, or a folder with all that is in it, takes of the disk; each file counts a block at least. It counts
 * no further than `enough`. What is not there, or goes while it is counted, takes nothing.
 */
export async function bytesOnDisk(path: string, enough: number): Promise<number> {
  const entry = await lstat(path).catch(() => undefined);
  if (entry === undefined) return 0;
  if (!entry.isDirectory()) return Math.max(entry.size, blockBytes);
  let bytes = blockBytes;
  for (const name of await readdir(path).catch(() => [])) {
    if (bytes > enough) break;
    bytes += await bytesOnDisk(join(path, name), enough - bytes);
  }
  return bytes;
}
