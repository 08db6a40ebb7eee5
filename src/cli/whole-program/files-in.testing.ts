import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** All files below a folder, in order. */
export function filesIn(place: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(place, join(entry.parentPath, entry.name)))
    .sort();
}
