import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { couldNotRun, messageOf } from '../errors.ts';
import type { Checks, LabDefinition } from '../kit/index.ts';
import { refuseClashes } from './clashes.ts';
import { createLabCompiler, type LabCompilerOptions } from './compile-lab.ts';
import { findLabFolders, type LabFolder } from './lab-folders.ts';
import { parseLesson } from './lesson-text.ts';
import { loadMutants, loadSolutions } from './proof-answers.ts';
import type { Catalog, Lab } from './types.ts';

/** A folder of lab folders. */
export interface LabSource {
  /** Holds `NN-slug` folders; absolute. */
  source: string;
  /** Holds `NN-slug/lab.js` and `checks.js` of the same labs; undefined for labs that were not built. */
  built: string | undefined;
}

export interface CatalogOptions {
  folders: readonly LabSource[];
  /** For labs that were not built. */
  compiler: LabCompilerOptions;
}

/**
 * Finds and loads the definitions of all labs; checks, lessons and answers are read when they are asked for. Throws
 * (exit 3) where a folder or a lab cannot be read, and where labs of two folders are called the same.
 */
export async function loadCatalog({ folders, compiler }: CatalogOptions): Promise<Catalog> {
  const compile = createLabCompiler(compiler);
  const found = await Promise.all(
    folders.map(async ({ source, built }) => {
      const labFolders = await findLabFolders(source);
      return labFolders.map((folder) => ({ folder, find: moduleFinder(folder, built, compile) }));
    }),
  );
  refuseClashes(found.map((labs) => labs.map(({ folder }) => folder)));
  const labs = await allSettledFirst(found.flat().map(({ folder, find }) => openLab(folder, find)));
  return { labs: labs.sort((left, right) => left.number - right.number) };
}

/** `Promise.all`, but it throws only once none is under way: a compiler that writes on would meet the removal of its folder. */
async function allSettledFirst<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Gives the file of a lab's module that can be imported. */
type FindModule = (name: 'lab' | 'checks') => Promise<string>;

function moduleFinder(
  folder: LabFolder,
  built: string | undefined,
  compile: (labFolder: string, entry: string) => Promise<string>,
): FindModule {
  return async (name) => {
    const ready = built && join(built, folder.name, `${name}.js`);
    return ready && existsSync(ready) ? ready : compile(folder.path, `${name}.ts`);
  };
}

async function openLab(folder: LabFolder, findModule: FindModule): Promise<Lab> {
  const load = async <T>(name: 'lab' | 'checks'): Promise<T> => {
    const loaded = await importModule(folder, name, findModule);
    if (typeof loaded !== 'object' || loaded === null) {
      throw couldNotRun(`${join(folder.path, `${name}.ts`)} has no default export.`);
    }
    return loaded as T;
  };
  const definition = await load<LabDefinition>('lab');
  const { number, slug, name, path } = folder;
  return {
    ...definition,
    number,
    slug,
    folderName: name,
    folder: path,
    checks: () => load<Checks>('checks'),
    lesson: async () => parseLesson(await readLesson(path)),
    solutions: () => loadSolutions(path),
    mutants: () => loadMutants(path),
  };
}

async function importModule(
  folder: LabFolder,
  name: 'lab' | 'checks',
  findModule: FindModule,
): Promise<unknown> {
  try {
    const file = await findModule(name);
    return ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    throw couldNotRun(
      `The lab ${folder.name} cannot be loaded: ${name}.ts: ${messageOf(error)}`,
      undefined,
      error,
    );
  }
}

async function readLesson(labFolder: string): Promise<string> {
  const file = join(labFolder, 'lesson.md');
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw couldNotRun(`${file} cannot be read: ${messageOf(error)}`, undefined, error);
  });
}
