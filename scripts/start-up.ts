import { spawn } from 'node:child_process';
import { alternate, median, pairedDifference, pairedRatio } from './alternate.ts';
import type { Row } from './table.ts';

const budgetMs = 30;
const rounds = 21;

/** How long `--version`, `--help` and `list` take over a Node that does nothing. */
export async function measureStartUp(root: string): Promise<Row[]> {
  const bin = `${root}/bin/course-labs.js`;
  const commands = { '--version': ['--version'], '--help': ['--help'], list: ['list'] };
  const timed = (args: readonly string[]) => () => wallMs(args, root);
  const bare = timed(['-e', '0']);
  await bare();
  const taken = await alternate(
    {
      bare,
      ...Object.fromEntries(
        Object.entries(commands).map(([name, args]) => [name, timed([bin, ...args])]),
      ),
    } as Record<string, () => Promise<number>>,
    rounds,
  );
  const base = taken.bare as number[];
  return Object.keys(commands).map((name) => {
    const own = taken[name] as number[];
    const over = pairedDifference(own, base);
    return {
      what: `course-labs ${name}`,
      figure: `${median(own).toFixed(0)} ms; node -e 0 ${median(base).toFixed(0)} ms; ratio ${pairedRatio(own, base).toFixed(2)}`,
      against: `${over.toFixed(0)} ms over (budget ${budgetMs} ms)`,
      within: over <= budgetMs,
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
