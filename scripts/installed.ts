import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Row } from './table.ts';

const run = promisify(execFile);
const budget = { packages: 200, megabytes: 42, packedMegabytes: 1 };

/** Packs the package, installs it in an empty folder, and counts what came. */
export async function measureInstalled(root: string): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'course-labs-installed-'));
  try {
    const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: root,
    });
    const tarball = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
    const packedBytes = (await stat(tarball)).size;
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    await run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: folder });
    const listed = await run('npm', ['ls', '--all', '--parseable'], { cwd: folder });
    const packages = new Set(listed.stdout.trim().split('\n').slice(1)).size;
    const bytes = await sizeOf(join(folder, 'node_modules'));
    return [
      {
        what: 'packages installed',
        figure: `${packages}`,
        against: `budget ${budget.packages}`,
        within: packages <= budget.packages,
      },
      row('installed', bytes, budget.megabytes),
      row('packed', packedBytes, budget.packedMegabytes),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function row(what: string, bytes: number, limit: number): Row {
  const megabytes = bytes / 1e6;
  return {
    what,
    figure: `${megabytes.toFixed(2)} MB`,
    against: `budget ${limit} MB`,
    within: megabytes <= limit,
  };
}

/** Bytes in files, without what a file system rounds up to. */
async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await sizeOf(path);
    else if (entry.isFile()) bytes += (await stat(path)).size;
  }
  return bytes;
}
