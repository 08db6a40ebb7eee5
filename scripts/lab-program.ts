import { join } from 'node:path';
import { compileServer, type Program, useQuickPackages } from '../src/runtime/index.ts';

/** Lab 1's demonstration server, as commands compile it: below a folder of theirs, with the quick packages. */
export async function lab1Program(root: string, folder: string): Promise<Program> {
  const sourceFolder = join(root, 'labs', '01-measure-a-miss');
  const builds = join(folder, 'builds');
  await useQuickPackages(builds, join(root, 'dist', 'packages'));
  const compiled = await compileServer({ sourceFolder, outputFolder: join(builds, 'lab') });
  if (compiled.kind === 'failed') throw new Error(compiled.failure.message);
  return {
    kind: 'node',
    entry: compiled.entry,
    sourceFolder,
    readable: [folder],
    allowWorkers: false,
  };
}
