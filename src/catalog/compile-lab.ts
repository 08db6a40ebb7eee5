import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

export interface LabCompilerOptions {
  /** A folder for what is compiled; the caller removes it at the end. */
  workFolder: string;
  /** The file URL of the one kit.js that all share. */
  kit: string;
}

/** Compiles labs that were not built: `labs new`, `--labs DIR`. Gives the file to import. */
export function createLabCompiler({
  workFolder,
  kit,
}: LabCompilerOptions): (labFolder: string, entry: string) => Promise<string> {
  let base: Promise<string> | undefined;
  return async (sourceFolder, entry) => {
    // Only here: the compiler is heavy, and built labs do without it.
    const { compileServer } = await import('../runtime/compile.ts');
    base ??= prepareFolder(workFolder, kit);
    const name = `${basename(sourceFolder)}-${basename(entry, '.ts')}-`;
    const outputFolder = await mkdtemp(join(await base, name));
    const compiled = await compileServer({ sourceFolder, outputFolder, entry });
    if (compiled.kind === 'failed') throw new Error(compiled.failure.message);
    return compiled.entry;
  };
}

/** A folder from which `course-labs/kit` resolves to the running course's own, so that there is one copy of it. */
async function prepareFolder(workFolder: string, kit: string): Promise<string> {
  await mkdir(workFolder, { recursive: true });
  const folder = await mkdtemp(join(workFolder, 'labs-'));
  const shim = join(folder, 'node_modules', 'course-labs');
  await mkdir(shim, { recursive: true });
  const manifest = { name: 'course-labs', type: 'module', exports: { './kit': './kit.js' } };
  await writeFile(join(shim, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(shim, 'kit.js'), `export * from ${JSON.stringify(kit)};\n`);
  return folder;
}
