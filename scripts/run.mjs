import { basename } from 'node:path';
import { argv } from 'node:process';
import { build } from 'esbuild';

// Figures are measured by TypeScript that uses the sources; Node 20 runs JavaScript: node scripts/run.mjs scripts/figures.ts
const [, , entry] = argv;
if (entry === undefined) throw new Error('usage: node scripts/run.mjs <file.ts> [options]');
const outfile = `node_modules/.cache/course-labs/${basename(entry, '.ts')}.js`;
await build({
  entryPoints: [entry],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  outfile,
  logLevel: 'warning',
});
// The script sees its own options, as if it had been started itself.
argv.splice(2, 1);
await import(new URL(`../${outfile}`, import.meta.url).href);
