import { build } from 'esbuild';

// The figures are measured by TypeScript that uses the sources; Node 20 runs JavaScript.
const outfile = 'node_modules/.cache/course-labs/figures.js';
await build({
  entryPoints: ['scripts/figures.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  outfile,
  logLevel: 'warning',
});
await import(new URL(`../${outfile}`, import.meta.url).href);
