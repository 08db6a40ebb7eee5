import {
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  findLabFolders,
  folderNameOf,
  freeNumber,
  type LabFolder,
} from '../catalog/lab-folders.ts';
import { CourseError, couldNotRun, errorCode, messageOf, usageError } from '../errors.ts';

export interface NewLabOptions {
  /** The files that every new lab begins with; absolute. */
  template: string;
  /** Where the course's own labs are; absolute. */
  ours: string;
  /** Where the lab is made; absolute, made where it is missing. */
  parent: string;
  slug: string;
  /** 1 to 99; default the lowest that no lab has. */
  number?: number | undefined;
  /** Default the slug in words. */
  title?: string | undefined;
}

/** A lab that was made. */
export interface NewLab {
  number: number;
  slug: string;
  title: string;
  /** Absolute. */
  folder: string;
}

/**
 * Makes a lab from the template: whole or not at all, and never over anything. Throws where the slug cannot be one (exit
 * 2), the number is taken (exit 2), there is such a lab already or the folder cannot be written (exit 3).
 */
export async function createLab(options: NewLabOptions): Promise<NewLab> {
  const { template, parent, slug } = options;
  checkSlug(slug);
  const own = parent === options.ours ? [] : await labFoldersIn(parent);
  const all = [...(await findLabFolders(options.ours)), ...own];
  const sameSlug = all.find((each) => each.slug === slug);
  if (sameSlug) {
    throw couldNotRun(`There is a lab ${slug} already: ${sameSlug.path}`, 'Choose another name.');
  }
  const number = numberFor(options.number, all);
  const title = options.title ?? inWords(slug);
  const folder = join(parent, folderNameOf({ number, slug }));
  try {
    await mkdir(parent, { recursive: true });
    await refuseExisting(folder);
    const unfinished = await mkdtemp(join(parent, '.new-lab-'));
    try {
      // A folder inside it: the temporary one is for its owner's eyes alone.
      const lab = join(unfinished, 'lab');
      await cp(template, lab, { recursive: true });
      await fillIn(lab, { number, title });
      await rename(lab, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof CourseError || errorCode(error) === undefined) throw error;
    throw couldNotRun(
      `The lab cannot be made in ${parent}: ${messageOf(error)}`,
      'Name another folder: --labs DIR',
      error,
    );
  }
  return { number, slug, title, folder };
}

function checkSlug(slug: string): void {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && /[a-z]/.test(slug) && slug.length <= 40) return;
  throw usageError(
    `"${slug}" cannot name a lab: small letters, digits and single hyphens, at most 40 characters.`,
    'For example: course-labs labs new stale-answers',
  );
}

/** None where the folder is not there yet. */
async function labFoldersIn(parent: string): Promise<readonly LabFolder[]> {
  const exists = await lstat(parent).catch(() => undefined);
  return exists === undefined ? [] : findLabFolders(parent);
}

function numberFor(wanted: number | undefined, labs: readonly LabFolder[]): number {
  const free = freeNumber(labs.map(({ number }) => number));
  const next = free === undefined ? undefined : `The next that is free: --number ${free}`;
  if (wanted === undefined) {
    if (free === undefined) throw couldNotRun('All numbers from 1 to 99 are taken.');
    return free;
  }
  const holder = labs.find(({ number }) => number === wanted);
  if (holder) throw usageError(`The number ${wanted} is that of ${holder.name}.`, next);
  return wanted;
}

async function refuseExisting(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined) return;
  throw couldNotRun(
    `${folder} is there already, and is left as it is.`,
    'Choose another name, or another folder: --labs DIR',
  );
}

/** `stale-answers` is `Stale answers`. */
function inWords(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function fillIn(folder: string, { number, title }: Pick<NewLab, 'number' | 'title'>) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const text = await readFile(file, 'utf8');
    // In code the title stands in single quotes.
    const isCode = basename(file).endsWith('.ts');
    const shown = isCode ? title.replaceAll(/[\\']/g, '\\$&') : title;
    const filled = text
      .replaceAll('LAB_NUMBER', String(number))
      .replaceAll('LAB_TITLE', () => shown);
    if (filled !== text) await writeFile(file, filled);
  }
}
