import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { useQuickPackages } from '../runtime/index.ts';

/**
 * Makes the folder in which answers are proved, from which they find the packages that we have.
 * @param workFolder empty; holds it, and a link to the packages
 * @param packageRoot holds our package.json
 */
export async function makeAnswerFolder(workFolder: string, packageRoot: string): Promise<string> {
  const require = createRequire(join(packageRoot, 'package.json'));
  // Our own, or those of the folder that we were installed into.
  const packages = dirname(dirname(require.resolve('fastify/package.json')));
  await symlink(packages, join(workFolder, 'node_modules'), 'dir');
  const folder = join(workFolder, 'answers');
  await mkdir(folder);
  await useQuickPackages(folder, join(packageRoot, 'dist', 'packages'));
  return folder;
}
