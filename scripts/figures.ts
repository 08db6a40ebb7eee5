import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { createRuntime } from '../src/runtime/index.ts';
import { measureInstalled } from './installed.ts';
import { measureReadiness } from './readiness.ts';
import { measureStartUp } from './start-up.ts';
import { type Row, renderRows } from './table.ts';
import { measureThroughput } from './throughput.ts';

// The figures of the design's budgets, as ratios and differences in one alternating run. Run from the project's root.
const root = process.cwd();
const cache = join(root, 'node_modules', '.cache', 'course-labs');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'figures-'));
const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: folder });
const rows: Row[] = [];

try {
  const steps = [
    { what: 'start-up', measure: () => measureStartUp(root) },
    { what: 'readiness', measure: () => measureReadiness(root, folder, runtime) },
    { what: 'throughput', measure: () => measureThroughput(root, folder, runtime) },
    { what: 'installing', measure: () => measureInstalled(root) },
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
