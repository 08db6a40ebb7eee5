import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { alternate, median, pairedRatio } from './alternate.ts';
import { learnyounode } from './peers.ts';
import type { Row } from './table.ts';

const run = promisify(execFile);

/**
 * From nothing to the first help: `npx` of the packed package and of learnyounode, each time with an empty cache, both from
 * the registry that npm is set to. The package itself comes from the disk, its dependencies do not.
 */
export async function measureColdNpx(tarball: string, rounds: number): Promise<Row> {
  const { name, version } = learnyounode;
  const taken = await alternate(
    {
      ours: () => coldSeconds(tarball, ['course-labs', '--help']),
      theirs: () => coldSeconds(`${name}@${version}`, [name, 'help']),
    },
    rounds,
  );
  const ratio = pairedRatio(taken.ours, taken.theirs);
  return {
    what: 'npx with an empty cache',
    figure: `${median(taken.ours).toFixed(1)} s; ${name} ${median(taken.theirs).toFixed(1)} s`,
    against: `ratio ${ratio.toFixed(2)}`,
    within: true,
  };
}

async function coldSeconds(source: string, words: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'course-labs-cold-'));
  try {
    const startedAt = performance.now();
    await run('npx', ['--yes', '--package', source, ...words], {
      cwd: folder,
      env: { ...process.env, npm_config_cache: join(folder, 'cache') },
      maxBuffer: 10_000_000,
    });
    return (performance.now() - startedAt) / 1000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
