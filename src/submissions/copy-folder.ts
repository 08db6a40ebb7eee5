import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Landing } from './landing.ts';

/** Takes what is in a folder and below; links are not followed. Throws system errors, and `TooLarge`. */
export async function copyFolder(folder: string, landing: Landing, prefix = ''): Promise<void> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  for (const entry of entries) {
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      // Its links into the installation are thousands of files that are not handed in.
      if (entry.name !== 'node_modules') await copyFolder(folder, landing, `${name}/`);
      continue;
    }
    const kind = entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other';
    await landing.take({ name, kind, open: () => createReadStream(join(folder, name)) });
  }
}
