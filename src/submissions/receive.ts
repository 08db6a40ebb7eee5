import { mkdir, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCode, messageOf } from '../errors.ts';
import { copyFolder } from './copy-folder.ts';
import { openLanding, type SubmissionLimits, submissionLimits, TooLarge } from './landing.ts';
import { unpackTar } from './unpack-tar.ts';
import { unpackZip } from './unpack-zip.ts';

/** A submission in a folder of its own. */
export type Received =
  | {
      kind: 'workspace';
      /** The folder in it that holds course-labs.json. */
      root: string;
      /** What was not taken of it, in sentences. */
      problems: readonly string[];
    }
  | { kind: 'broken'; reason: string; problems: readonly string[] };

/** How deep a workspace may lie in what was handed in: archives often begin with a folder or two of their own. */
const deepest = 3;

/**
 * Copies or unpacks a submission into a new folder, within limits, and finds the workspace in it. Whatever is wrong with
 * the submission is told, and never thrown.
 */
export async function receive(
  source: string,
  folder: string,
  limits: SubmissionLimits = submissionLimits,
): Promise<Received> {
  await mkdir(folder, { recursive: true });
  const landing = openLanding(folder, limits);
  const broken = (reason: string): Received => ({
    kind: 'broken',
    reason,
    problems: landing.problems(),
  });
  try {
    if ((await stat(source)).isDirectory()) await copyFolder(source, landing);
    else if (/\.zip$/i.test(source)) await unpackZip(source, landing);
    else await unpackTar(source, landing, limits);
  } catch (error) {
    if (error instanceof TooLarge) return broken(`It was not read to its end: ${error.message}.`);
    return broken(`It cannot be read: ${messageOf(error).replace(/\.+$/, '')}.`);
  }
  const root = await findRoot(folder, deepest);
  if (root === undefined) return broken('There is no course-labs.json in it: it is no workspace.');
  return { kind: 'workspace', root, problems: landing.problems() };
}

/** Whether a file is one of the archives that can be unpacked. */
export function isArchive(name: string): boolean {
  return /\.(zip|tar|tgz|tar\.gz)$/i.test(name);
}

/** The name of a submission: that of its folder or archive, without the ending. */
export function submissionName(source: string): string {
  return basename(source).replace(/\.(zip|tar|tgz|tar\.gz)$/i, '');
}

async function findRoot(folder: string, depth: number): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  if (entries.some((entry) => entry.isFile() && entry.name === 'course-labs.json')) return folder;
  if (depth === 0) return undefined;
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const found = await findRoot(join(folder, entry.name), depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
