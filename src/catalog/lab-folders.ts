import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { couldNotRun, errorCode } from '../errors.ts';

/** A folder whose name says that it is a lab. */
export interface LabFolder {
  number: number;
  slug: string;
  /** `07-two-users-one-cache` */
  name: string;
  /** Absolute. */
  path: string;
}

/** Reads number and slug from a folder's name; undefined where it is no lab's. */
export function parseFolderName(name: string): { number: number; slug: string } | undefined {
  const [, number, slug] = /^(\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(name) ?? [];
  return number && slug ? { number: Number(number), slug } : undefined;
}

/** The lowest number from 1 to 99 that is not taken; undefined where all are. */
export function freeNumber(taken: readonly number[]): number | undefined {
  return Array.from({ length: 99 }, (_, index) => index + 1).find((one) => !taken.includes(one));
}

/** The name of a lab's folder. */
export function folderNameOf({ number, slug }: Pick<LabFolder, 'number' | 'slug'>): string {
  return `${String(number).padStart(2, '0')}-${slug}`;
}

/** Finds the lab folders in `parent`, in order of name. Throws (exit 3) where there is no such folder. */
export async function findLabFolders(parent: string): Promise<LabFolder[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch((error: unknown) => {
    const why = errorCode(error) === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw couldNotRun(`The folder of labs ${parent} ${why}.`, 'Name another: --labs DIR', error);
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => {
      const parsed = parseFolderName(name);
      return parsed ? [{ ...parsed, name, path: join(parent, name) }] : [];
    });
}
