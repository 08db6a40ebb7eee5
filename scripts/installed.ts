import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { measureColdNpx } from './cold-npx.ts';
import { learnyounode, type Peer } from './peers.ts';
import type { Row } from './table.ts';

const run = promisify(execFile);
const budget = { packages: 200, megabytes: 42, packedMegabytes: 1 };

/** What installing took. */
interface Installed {
  packages: number;
  bytes: number;
}

/**
 * Packs the package, installs it in an empty folder, and counts what came.
 * @param peer what it is compared with, if anything; `npx` with an empty cache is then timed so often
 */
export async function measureInstalled(root: string, peer?: Peer, coldRounds = 3): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'course-labs-installed-'));
  try {
    // `npm run measure` has built it already.
    const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
    const packed = await run('npm', pack, { cwd: root });
    const tarball = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
    const packedBytes = (await stat(tarball)).size;
    const place = join(folder, 'place');
    await mkdir(place);
    await writeFile(join(place, 'package.json'), '{"private":true}');
    // What is in npm's cache need not come from the registry again.
    const quietly = ['--no-audit', '--no-fund', '--prefer-offline'];
    await run('npm', ['install', ...quietly, tarball], { cwd: place });
    const own = await installedIn(place);
    const theirs = peer && (await installedIn(peer.folder));
    return [
      {
        what: 'packages installed',
        figure: `${own.packages}${theirs ? `; ${learnyounode.name} ${theirs.packages}` : ''}`,
        against: `budget ${budget.packages}`,
        within: own.packages <= budget.packages,
      },
      row('installed', own.bytes, budget.megabytes, theirs?.bytes),
      row('packed', packedBytes, budget.packedMegabytes),
      ...(peer ? [await measureColdNpx(tarball, coldRounds)] : []),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installedIn(folder: string): Promise<Installed> {
  const listed = await run('npm', ['ls', '--all', '--parseable'], { cwd: folder });
  return {
    packages: new Set(listed.stdout.trim().split('\n').slice(1)).size,
    bytes: await sizeOf(join(folder, 'node_modules')),
  };
}

function row(what: string, bytes: number, limit: number, peerBytes?: number): Row {
  const megabytes = bytes / 1e6;
  return {
    what,
    figure: [
      `${megabytes.toFixed(2)} MB`,
      ...(peerBytes === undefined
        ? []
        : [`${learnyounode.name} ${(peerBytes / 1e6).toFixed(2)} MB`]),
    ].join('; '),
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
