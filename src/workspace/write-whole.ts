import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { withFileErrors } from './file-errors.ts';

/** Writes a file whole or not at all, with the folder that it needs. Throws couldNotRun where the file system refuses. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await withFileErrors(file, async () => {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, text);
  });
}
