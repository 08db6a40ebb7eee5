import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { couldNotRun, errorCode } from '../errors.ts';
import type { Exercise, LabDefinition, Step } from '../kit/index.ts';
import { refuseClashes } from './clashes.ts';
import { findLabFolders, type LabFolder } from './lab-folders.ts';
import type { CatalogOptions, LabSource } from './load-catalog.ts';

/** What lists show of a lab. Every `Lab` is one, too. */
export interface LabSummary extends Pick<LabDefinition, 'title' | 'objectives' | 'minutes'> {
  number: number;
  slug: string;
  /** `07-two-users-one-cache` */
  folderName: string;
  steps: readonly Pick<Step, 'id' | 'phase'>[];
  exercises: readonly Pick<Exercise, 'id' | 'title' | 'kind' | 'objectives' | 'points'>[];
}

/** The build writes it beside the built labs, after them: to list labs by loading each of them took longer than Node's own start. */
const listFile = 'list.json';

/** By the folder's name. */
type BuiltList = Readonly<Record<string, Omit<LabSummary, 'number' | 'slug' | 'folderName'>>>;

/**
 * All labs in order of number, from the list that was built where there is one; labs that were not built are loaded.
 * Throws (exit 3) where a lab cannot be read, where labs of two folders are called the same, and where the list is not of
 * the same build as a lab.
 */
export async function loadLabList({
  folders,
  compiler,
}: CatalogOptions): Promise<readonly LabSummary[]> {
  const load = async (folder: LabSource) => {
    const { loadCatalog } = await import('./load-catalog.ts');
    return (await loadCatalog({ folders: [folder], compiler })).labs;
  };
  const lists = await Promise.all(
    folders.map(async (folder) => (await listBuilt(folder)) ?? load(folder)),
  );
  refuseClashes(lists);
  return lists.flat().sort((left, right) => left.number - right.number);
}

/** Undefined where not every lab of the folder was built, as when an author has just begun one. */
async function listBuilt({ source, built }: LabSource): Promise<readonly LabSummary[] | undefined> {
  if (built === undefined) return undefined;
  const labFolders = await findLabFolders(source);
  const fileOf = ({ name }: LabFolder) => join(built, name, 'lab.js');
  if (!labFolders.every((folder) => existsSync(fileOf(folder)))) return undefined;
  const file = join(built, listFile);
  const list = readList(file);
  const writtenAtMs = statSync(file).mtimeMs;
  return labFolders.map((folder) => {
    const { name: folderName, number, slug } = folder;
    const listed = list[folderName];
    if (listed === undefined || statSync(fileOf(folder)).mtimeMs > writtenAtMs)
      throw notOfThisBuild(`${file} does not tell of ${folderName} as it was built.`);
    return { ...listed, folderName, number, slug };
  });
}

function readList(file: string): BuiltList {
  try {
    // At once: four turns of the event loop take longer than all labs' titles.
    return JSON.parse(readFileSync(file, 'utf8')) as BuiltList;
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'is missing' : 'cannot be read';
    throw notOfThisBuild(`${file} ${why}.`, error);
  }
}

function notOfThisBuild(sentence: string, cause?: unknown) {
  return couldNotRun(sentence, 'Build the course again: npm run build', cause);
}
