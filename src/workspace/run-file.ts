import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import {
  boolean,
  type GenericSchema,
  literal,
  looseObject,
  optional,
  picklist,
  record,
  string,
} from 'valibot';
import { couldNotRun, errorCode } from '../errors.ts';
import { withFileErrors } from './file-errors.ts';
import { withLock } from './lock.ts';
import { runFile, runsFolder } from './paths.ts';
import { recordSchema } from './record-schema.ts';
import { newerVersion, readState, type StateRead, writeState } from './state-file.ts';
import type { StoredRun, Workspace } from './types.ts';

const schemaOf = (id: number): GenericSchema =>
  looseObject({
    id: literal(id),
    kind: picklist(['guided', 'demonstration', 'bench']),
    startedAt: string(),
    complete: boolean(),
    versions: looseObject({ courseLabs: string(), node: string(), platform: string() }),
    record: recordSchema(id),
    measuredOn: optional(record(string(), string())),
  });

/** What is known of a run before its first step. */
export interface NewRun {
  kind: StoredRun['kind'];
  /** The lab's number. */
  lab: number;
  seed: number;
  versions: StoredRun['versions'];
  now: () => Date;
}

/**
 * Stores a run that has nothing in it yet, under the next id. Two commands that begin at once get two ids. Throws
 * couldNotRun where the file system refuses.
 */
export async function beginRun(
  { root }: Pick<Workspace, 'root'>,
  { kind, lab, seed, versions, now }: NewRun,
): Promise<StoredRun> {
  return withFileErrors(runsFolder(root), () =>
    withLock(root, async (lock) => {
      const id = await claimId(root);
      const run: StoredRun = {
        id,
        kind,
        startedAt: now().toISOString(),
        complete: false,
        versions,
        record: { id, lab, seed, predictions: {}, benches: {}, experiments: {} },
      };
      await writeState(runFile(root, id), run, lock);
      return run;
    }),
  );
}

/** Stores a run again, whole. Throws couldNotRun where the file system refuses. */
export async function saveRun({ root }: Pick<Workspace, 'root'>, run: StoredRun): Promise<void> {
  const file = runFile(root, run.id);
  await withFileErrors(file, () => withLock(root, (lock) => writeState(file, run, lock)));
}

/**
 * One run; undefined where there is none of this id. Throws couldNotRun where its file is damaged (it is left as it
 * is) or of a newer version.
 */
export async function readRun(
  { root }: Pick<Workspace, 'root'>,
  id: number,
): Promise<StoredRun | undefined> {
  const file = runFile(root, id);
  const read = await withFileErrors(file, () => readRunFile(root, id));
  switch (read.kind) {
    case 'read':
      return read.value;
    case 'missing':
      return undefined;
    case 'newer':
      throw newerVersion(file);
    case 'damaged':
      throw couldNotRun(
        `Run ${id} cannot be read: ${read.reason}`,
        `It was left as it is, in ${file}. Your other runs: course-labs results`,
      );
  }
}

/** Throws system errors other than ENOENT. */
export async function readRunFile(root: string, id: number): Promise<StateRead<StoredRun>> {
  const stats = await stat(runFile(root, id)).catch(undefinedIfMissing);
  // An empty file only holds the id: its run was never stored, or will be in a moment.
  if (stats?.size === 0) return { kind: 'missing' };
  return readState<StoredRun>(runFile(root, id), schemaOf(id));
}

/**
 * Ids that are taken, in ascending order. A number of more digits is no id of ours: beyond 2^53 the next one up would be
 * the same again, and no free id would ever be found.
 */
export async function runIds(root: string): Promise<readonly number[]> {
  const names = await readdir(runsFolder(root)).catch(undefinedIfMissing);
  return (names ?? [])
    .flatMap((name) => (/^[1-9]\d{0,11}\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((one, other) => one - other);
}

/** Creates the file, so that an id is given once even to commands that lost the lock. */
async function claimId(root: string): Promise<number> {
  await mkdir(runsFolder(root), { recursive: true });
  for (let id = ((await runIds(root)).at(-1) ?? 0) + 1; ; id += 1) {
    try {
      await writeFile(runFile(root, id), '', { flag: 'wx' });
      return id;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

function undefinedIfMissing(error: unknown): undefined {
  if (errorCode(error) === 'ENOENT') return undefined;
  throw error;
}
