import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createWorkspace, ensureLinks } from '../src/workspace/index.ts';
import { alternate, median, pairedDifference, pairedRatio, type Sample } from './alternate.ts';
import { menuStandsAfterMs } from './menu-start.ts';
import { learnyounode, type Peer } from './peers.ts';
import type { Row } from './table.ts';

const budgetMs = 30;
const bareNode = 'node -e 0';

/** Commands whose budget is an addition to Node's own start. */
const short = { '--version': ['--version'], '--help': ['--help'], list: ['list'] };

/**
 * How long `--version`, `--help` and `list` take over a Node that does nothing; and these and `start`, until its menu
 * stands on the screen, beside the `help` of a peer, if there is one.
 */
export async function measureStartUp(
  root: string,
  folder: string,
  rounds: number,
  peer?: Peer,
): Promise<Row[]> {
  const bin = join(root, 'bin', 'course-labs.js');
  const parent = join(folder, 'start-up');
  await mkdir(parent);
  const workspace = await createWorkspace({ root: join(parent, 'course-labs-work'), seed: 4711 });
  await ensureLinks({ root: workspace.root, packageRoot: root });
  const timed = (args: readonly string[]) => () => wallMs(args, parent);
  const help = `${learnyounode.name} help`;
  const samples: Record<string, Sample> = {
    [bareNode]: timed(['-e', '0']),
    ...Object.fromEntries(
      Object.entries(short).map(([name, args]) => [`course-labs ${name}`, timed([bin, ...args])]),
    ),
    'course-labs start': () => menuStandsAfterMs(bin, parent),
    ...(peer && { [help]: timed([peer.bin, 'help']) }),
  };
  // What the first of each reads from the disk, the others find in memory.
  await alternate(samples, 1);
  const taken = await alternate(samples, rounds);
  const of = (name: string) => taken[name] ?? [];
  const names = Object.keys(samples).filter((name) => name !== bareNode);
  return names.map((name): Row => {
    const over = pairedDifference(of(name), of(bareNode));
    const isBudgeted = name.replace('course-labs ', '') in short;
    const ratios = [bareNode, ...(peer && name !== help ? [help] : [])].map(
      (other) => `${pairedRatio(of(name), of(other)).toFixed(2)} of ${other}`,
    );
    return {
      what: name,
      figure: `${median(of(name)).toFixed(0)} ms; ${ratios.join(', ')}`,
      against: `${over.toFixed(0)} ms over${isBudgeted ? ` (budget ${budgetMs} ms)` : ''}`,
      within: !isBudgeted || over <= budgetMs,
    };
  });
}

function wallMs(args: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(performance.now() - startedAt);
      else reject(new Error(`node ${args.join(' ')} ended with ${code}`));
    });
  });
}
