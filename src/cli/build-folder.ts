import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { useQuickPackages } from '../runtime/index.ts';
import { stateFolder, type Workspace } from '../workspace/index.ts';
import type { Context } from './context.ts';

/**
 * The folder in which this command compiles and keeps what it needs while it runs: one for each process, so that two
 * commands in one workspace do not disturb each other. It goes with the command; those of commands that were killed go
 * with the next.
 */
export async function ownBuildFolder(
  { root }: Pick<Workspace, 'root'>,
  {
    ending,
    pid,
    isRunning,
    packageRoot,
  }: Pick<Context, 'ending' | 'pid' | 'isRunning' | 'packageRoot'>,
): Promise<string> {
  const builds = join(stateFolder(root), 'build');
  const names = await readdir(builds).catch(() => []);
  const left = names.filter((name) => /^\d+$/.test(name) && !isRunning(Number(name)));
  await Promise.all(left.map((name) => rm(join(builds, name), { recursive: true, force: true })));
  const own = join(builds, String(pid));
  ending.defer(() => rm(own, { recursive: true, force: true }));
  await useQuickPackages(own, join(packageRoot, 'dist', 'packages'));
  return own;
}
