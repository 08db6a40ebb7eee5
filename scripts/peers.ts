import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The teaching tool that ours is compared with, as npm names it. */
export const learnyounode = { name: 'learnyounode', version: '4.2.2' };

/** Where it is installed. */
export interface Peer {
  /** Holds its node_modules. */
  folder: string;
  /** Of its command. */
  bin: string;
}

/** Installs it first, below our cache, where it is missing. */
export async function installLearnyounode(root: string): Promise<Peer> {
  const { name, version } = learnyounode;
  const folder = join(root, 'node_modules', '.cache', 'course-labs', 'peers', `${name}-${version}`);
  const bin = join(folder, 'node_modules', name, 'bin', name);
  if (!existsSync(bin)) {
    process.stderr.write(`Installing ${name} ${version}, once\n`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await run('npm', ['install', '--no-audit', '--no-fund', `${name}@${version}`], { cwd: folder });
  }
  return { folder, bin };
}
