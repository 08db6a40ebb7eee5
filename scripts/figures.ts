import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createRuntime } from '../src/runtime/index.ts';
import { measureInstalled } from './installed.ts';
import { measureOwnServers } from './own-servers.ts';
import { installLearnyounode } from './peers.ts';
import { measureReadiness } from './readiness.ts';
import { measureStartUp } from './start-up.ts';
import { type Row, renderRows } from './table.ts';
import { measureThroughput } from './throughput.ts';

// The figures of the design's budgets, as ratios and differences in one alternating run. Run from the project's root.
// `--short` takes few samples, and leaves out learnyounode and all else that only a registry has.
const { short } = parseArgs({ options: { short: { type: 'boolean', default: false } } }).values;
const loads = short ? { rounds: 1, seconds: 1 } : { rounds: 10, seconds: 2 };
const root = process.cwd();
const cache = join(root, 'node_modules', '.cache', 'course-labs');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'figures-'));
const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: folder });
const rows: Row[] = [];

try {
  const peer = short ? undefined : await installLearnyounode(root);
  const steps = [
    { what: 'start-up', measure: () => measureStartUp(root, folder, short ? 3 : 21, peer) },
    { what: 'readiness', measure: () => measureReadiness(root, folder, runtime, short ? 3 : 11) },
    { what: 'throughput', measure: () => measureThroughput(root, folder, runtime, loads) },
    {
      what: "the lessons' servers",
      measure: () => measureOwnServers(root, folder, runtime, loads),
    },
    { what: 'installing', measure: () => measureInstalled(root, peer) },
  ];
  for (const { what, measure } of steps) {
    process.stderr.write(`Measuring ${what}\n`);
    rows.push(...(await measure()));
  }
} finally {
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${renderRows(rows)}\n`);
// A few samples judge nothing: there it only has to run.
process.exitCode = short || rows.every(({ within }) => within) ? 0 : 1;
