import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { CompileProblem } from './compile-problem.ts';
import { compiledName, compiledSpecifier, importTarget, isCode } from './import-target.ts';
import { applyEdits, type Edit, moduleImports } from './module-imports.ts';
import { isInside } from './resolve-file.ts';
import { inlineSourceMap } from './source-map.ts';
import { transformModule } from './transform.ts';
import type { StartFailure } from './types.ts';

/** What to compile, and where to. */
export interface CompileOptions {
  /** Holds the entry and all files that it imports. */
  sourceFolder: string;
  /** Emptied first. Packages are resolved from here, so a node_modules must be in it or above. */
  outputFolder: string;
  /** Relative to the source folder; default `server.ts`, else `server.js`. */
  entry?: string;
}

export type CompileResult =
  | {
      kind: 'compiled';
      /** Absolute: what NodeProgram.entry takes. */
      entry: string;
      /** The source files that were reached, relative to the source folder, in alphabetical order. */
      files: readonly string[];
    }
  | { kind: 'failed'; failure: StartFailure };

/**
 * Compiles a server with its sibling files: types are stripped, the tree stays, code becomes `.mjs` with a source map
 * that names the learner's own files. Types are not checked; editors do that. A failure is a value, with the place.
 */
export async function compileServer(options: CompileOptions): Promise<CompileResult> {
  try {
    return await compile(
      resolve(options.sourceFolder),
      resolve(options.outputFolder),
      options.entry,
    );
  } catch (error) {
    if (error instanceof CompileProblem) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}

async function compile(
  sourceFolder: string,
  outputFolder: string,
  entryName: string | undefined,
): Promise<CompileResult> {
  if (outputFolder === sourceFolder || isInside(sourceFolder, outputFolder)) {
    throw new Error(`compiling into ${outputFolder} would delete the sources`);
  }
  const entry = findEntry(sourceFolder, entryName);
  await rm(outputFolder, { recursive: true, force: true });
  await mkdir(outputFolder, { recursive: true });
  const outputOf = (file: string) => compiledName(join(outputFolder, relative(sourceFolder, file)));

  const reached = new Set([entry]);
  // A set takes what is added while it is walked.
  for (const file of reached) {
    const output = outputOf(file);
    refuseTwins(file, reached, sourceFolder);
    await mkdir(dirname(output), { recursive: true });
    if (!isCode(file)) {
      await copyFile(file, output);
      continue;
    }
    const compiled = await compileModule({ file, sourceFolder, output, outputOf });
    await writeFile(output, compiled.code);
    for (const target of compiled.targets) reached.add(target);
  }
  const files = [...reached].map((file) => relative(sourceFolder, file)).sort();
  return { kind: 'compiled', entry: outputOf(entry), files };
}

function findEntry(sourceFolder: string, name: string | undefined): string {
  const names = name === undefined ? ['server.ts', 'server.js'] : [name];
  const found = names.map((candidate) => join(sourceFolder, candidate)).find(existsSync);
  if (found !== undefined) return found;
  throw new CompileProblem('not-found', `There is no ${names[0]} in ${sourceFolder}.`);
}

/** `a.ts` and `a.js` would become one file. */
function refuseTwins(file: string, reached: ReadonlySet<string>, sourceFolder: string): void {
  const twin = [...reached].find(
    (other) =>
      other !== file && isCode(other) && isCode(file) && compiledName(other) === compiledName(file),
  );
  if (twin === undefined) return;
  const [one, two] = [twin, file].map((path) => relative(sourceFolder, path)).sort();
  throw new CompileProblem(
    'import',
    `${one} and ${two} would become the same module; rename one of them.`,
  );
}

async function compileModule(options: {
  file: string;
  sourceFolder: string;
  output: string;
  outputOf: (file: string) => string;
}): Promise<{ code: string; targets: readonly string[] }> {
  const { file, sourceFolder, output, outputOf } = options;
  const source = await readFile(file, 'utf8');
  const module = transformModule(file, relative(sourceFolder, file), source);
  const targets: string[] = [];
  const edits: Edit[] = [];
  for (const found of await moduleImports(module.code)) {
    const target = importTarget(found, {
      file,
      sourceFolder,
      outputFolder: dirname(output),
      place: module.placeAt(found.start),
    });
    if (target === undefined) continue;
    targets.push(target);
    const specifier = compiledSpecifier(found.specifier, output, outputOf(target));
    if (specifier !== found.specifier) edits.push(found.replacement(specifier));
  }
  const code = applyEdits(module.code, edits);
  return { code: `${code.trimEnd()}\n${inlineSourceMap(module.map)}`, targets };
}
