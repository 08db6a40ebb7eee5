import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../errors.ts';
import { writeEvidence } from './evidence.ts';
import { withFileErrors } from './file-errors.ts';
import { copyFiles, listFiles, unusedPath } from './folder-files.ts';
import { withLock } from './lock.ts';
import { keptFolder, stateFolder, timestamp } from './paths.ts';
import type { LabFiles, Workspace } from './types.ts';

/** Where the learner's files of a lab stand; absolute where the root is. */
export function labFolder(
  workspace: Pick<Workspace, 'root'>,
  lab: Pick<LabFiles, 'folderName'>,
): string {
  return join(workspace.root, lab.folderName);
}

/**
 * Gives the learner the starter of a lab, its evidence and a README.md, the first time. A folder that is there, even one from which
 * files were taken away, is left as it is, but for evidence that is missing. Throws couldNotRun where the file system refuses.
 */
export async function installLab(
  workspace: Pick<Workspace, 'root'>,
  lab: LabFiles,
): Promise<{ folder: string; created: boolean }> {
  const folder = labFolder(workspace, lab);
  return withFileErrors(folder, async () => {
    if (await isFilled(folder)) {
      await writeEvidence(folder, lab.evidence());
      return { folder, created: false };
    }
    return withLock(workspace.root, () =>
      withFreshStarter(workspace.root, lab, async (fresh) => ({
        folder,
        created: await moveUnlessThere(fresh, folder),
      })),
    );
  });
}

/**
 * Puts the starter back. Files of the learner that differ from it, or that it does not have, are kept: `kept` is the
 * folder in the workspace that they were moved to, absolute; undefined where there were none. Throws couldNotRun where
 * the file system refuses.
 */
export async function resetLab(
  workspace: Pick<Workspace, 'root'>,
  lab: LabFiles,
  now: () => Date,
): Promise<{ kept: string | undefined }> {
  const folder = labFolder(workspace, lab);
  return withFileErrors(folder, () =>
    withLock(workspace.root, () =>
      withFreshStarter(workspace.root, lab, async (fresh) => {
        await mkdir(folder, { recursive: true });
        const place = join(keptFolder(workspace.root, lab.folderName), timestamp(now()));
        const kept = await keepDifferent(fresh, folder, place);
        for (const name of await listFiles(fresh)) await moveFile(fresh, folder, name);
        return { kept };
      }),
    ),
  );
}

/**
 * Writes the starter and README.md to a folder apart, from which they are moved by renames: a full disk or a killed
 * command leaves the learner's folder as it was, never with half of a starter.
 */
async function withFreshStarter<T>(
  root: string,
  lab: LabFiles,
  action: (fresh: string) => Promise<T>,
): Promise<T> {
  const fresh = join(stateFolder(root), 'fresh');
  await rm(fresh, { recursive: true, force: true });
  try {
    await mkdir(fresh);
    const names = await withFileErrors(lab.starter, () => listFiles(lab.starter));
    await copyFiles(lab.starter, fresh, names);
    await writeFile(join(fresh, 'README.md'), lab.readme);
    await writeEvidence(fresh, lab.evidence());
    return await action(fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Where they were moved to: `place`, or one beside it; undefined where there was nothing to keep. */
async function keepDifferent(
  fresh: string,
  folder: string,
  place: string,
): Promise<string | undefined> {
  const different: string[] = [];
  for (const name of await listFiles(folder)) {
    if (!(await isAsGiven(fresh, folder, name))) different.push(name);
  }
  if (different.length === 0) return undefined;
  const kept = await unusedPath(place);
  for (const name of different) await moveFile(folder, kept, name);
  return kept;
}

async function isAsGiven(fresh: string, folder: string, name: string): Promise<boolean> {
  const given = await readFile(join(fresh, name)).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  });
  return given?.equals(await readFile(join(folder, name))) ?? false;
}

async function moveFile(from: string, to: string, name: string): Promise<void> {
  await mkdir(dirname(join(to, name)), { recursive: true });
  await rename(join(from, name), join(to, name));
}

async function isFilled(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Whether the folder was moved. One that is empty counts as not there. */
async function moveUnlessThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
