import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/**
 * Lets what is compiled below `folder` load its big packages from one file each, as the build makes them: half of the CPU
 * time that a Fastify server's start took, Node spent on finding and reading 200 files. Only where it would load the very
 * same versions otherwise: what somebody installed beside their answer is what they get.
 * @param folder made when missing; a build folder of ours
 * @param quickPackages holds a folder for each package (scripts/quick-packages.mjs); need not exist
 */
export async function useQuickPackages(folder: string, quickPackages: string): Promise<void> {
  const names = await readdir(quickPackages).catch(() => []);
  const own = createRequire(resolve(folder, 'server.js'));
  const agreed = await Promise.all(
    names.map(async (name) => {
      const found = own.resolve
        .paths(name)
        ?.map((modules) => join(modules, name))
        .find(existsSync);
      const versions = [found, join(quickPackages, name)].map((each) => each && versionIn(each));
      const [installed, quick] = await Promise.all(versions);
      return installed === quick;
    }),
  );
  const modules = join(folder, 'node_modules');
  if (names.length === 0 || agreed.includes(false) || existsSync(modules)) return;
  await mkdir(folder, { recursive: true });
  await symlink(quickPackages, modules, 'dir');
}

async function versionIn(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version?: string }).version;
}
