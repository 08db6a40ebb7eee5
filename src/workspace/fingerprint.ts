import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileErrors } from './file-errors.ts';
import { listFiles } from './folder-files.ts';

/**
 * SHA-256, in hexadecimal, over an answer's files (.ts, .js, .mjs, .json) in a folder and below: their paths and
 * contents. Equal answers have equal fingerprints on every system; README.md and notes do not count.
 */
export async function fingerprint(folder: string): Promise<string> {
  return withFileErrors(folder, async () => {
    // Not at the top: `list` reads the workspace too, and hashes nothing.
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256');
    const names = (await listFiles(folder)).filter((name) => /\.(ts|js|mjs|json)$/.test(name));
    for (const name of names) {
      const content = await readFile(join(folder, name));
      // With the lengths in front no two different sets of files give the same bytes.
      hash.update(`${Buffer.byteLength(name)} ${content.length} ${name}`).update(content);
    }
    return hash.digest('hex');
  });
}
