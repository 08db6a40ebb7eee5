import { withFileErrors } from './file-errors.ts';
import { runsFolder } from './paths.ts';
import type { Warn } from './progress-file.ts';
import { readRunFile, runIds } from './run-file.ts';
import type { StoredRun, Workspace } from './types.ts';

/** Which runs; a field that is absent matches all. */
export interface RunFilter {
  /** The lab's number. */
  lab?: number;
  kind?: StoredRun['kind'];
  /** Is told of each run that cannot be read: such a run is left out, and its file left as it is. */
  warn?: Warn;
}

/** Stored runs in order of id. Throws couldNotRun where the folder may not be read. */
export async function listRuns(
  workspace: Pick<Workspace, 'root'>,
  filter: RunFilter = {},
): Promise<readonly StoredRun[]> {
  const found: StoredRun[] = [];
  for await (const run of eachRun(workspace.root, 'oldest first', filter)) found.push(run);
  return found;
}

/** The latest guided run of a lab in which every measurement before the edit was made: the one that questions use. */
export async function latestCompleteRun(
  workspace: Pick<Workspace, 'root'>,
  lab: number,
  warn?: Warn,
): Promise<StoredRun | undefined> {
  const filter: RunFilter = { lab, kind: 'guided', ...(warn && { warn }) };
  for await (const run of eachRun(workspace.root, 'newest first', filter)) {
    if (run.complete) return run;
  }
  return undefined;
}

async function* eachRun(root: string, order: 'oldest first' | 'newest first', filter: RunFilter) {
  const ids = [...(await withFileErrors(runsFolder(root), () => runIds(root)))];
  for (const id of order === 'oldest first' ? ids : ids.reverse()) {
    const run = await readOrWarn(root, id, filter.warn);
    if (run === undefined) continue;
    const wanted =
      (filter.lab === undefined || run.record.lab === filter.lab) &&
      (filter.kind === undefined || run.kind === filter.kind);
    if (wanted) yield run;
  }
}

async function readOrWarn(root: string, id: number, warn: Warn | undefined) {
  const read = await withFileErrors(runsFolder(root), () => readRunFile(root, id));
  if (read.kind === 'read') return read.value;
  if (read.kind === 'newer') warn?.(`Run ${id} is left out: a newer course-labs wrote it.`);
  if (read.kind === 'damaged')
    warn?.(`Run ${id} is left out, as it cannot be read: ${read.reason}`);
  return undefined;
}
