import { existsSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { build } from 'esbuild';

/** Builds dist/: the command line, split so that a command loads what it needs; our processes; the kit; the labs. */
const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
};

rmSync('dist', { recursive: true, force: true });

await build({
  ...common,
  entryPoints: {
    cli: 'src/cli/main.ts',
    kit: 'src/kit/index.ts',
    registrar: 'src/registrar/process.ts',
    load: 'src/load/process.ts',
    keeper: 'src/runtime/keeper-process.ts',
  },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  outdir: 'dist',
});

const labs = readdirSync('labs').filter((name) => /^\d\d-/.test(name));

await build({
  ...common,
  entryPoints: labs.flatMap((lab) => [`labs/${lab}/lab.ts`, `labs/${lab}/checks.ts`]),
  outbase: 'labs',
  outdir: 'dist/labs',
});

// In a clone, `npx course-labs` then finds this checkout without asking npm to install it somewhere.
if (existsSync('node_modules/.bin')) {
  rmSync('node_modules/.bin/course-labs', { force: true });
  symlinkSync('../../bin/course-labs.js', 'node_modules/.bin/course-labs');
}
