import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';
import { buildQuickPackages } from './quick-packages.mjs';
import { chunksOf, colourByTheme, groupFiles, quickBuiltins, withoutIdle } from './quick-start.mjs';

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

// What nearly every command needs at its start is built in: reading three packages takes longer than running them.
const builtIn = ['commander', 'chalk', 'valibot'];
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = Object.keys(dependencies).filter((name) => !builtIn.includes(name));

const program = {
  ...common,
  metafile: true,
  packages: 'bundle',
  external,
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [quickBuiltins, colourByTheme],
  outdir: 'dist',
};
const commandLine = {
  ...program,
  entryPoints: { cli: 'src/cli/main.ts', kit: 'src/kit/index.ts' },
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
};

// Built twice: the first time only to see which file imports which.
const { metafile: plan } = await build({ ...commandLine, write: false });

const { metafile, outputFiles } = await build({
  ...commandLine,
  plugins: [...program.plugins, chunksOf(groupFiles(plan))],
  write: false,
});
for (const { path, text } of withoutIdle({ metafile, outputFiles })) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

// Each is a process of its own, which is started often: one file each.
await build({
  ...program,
  entryPoints: {
    registrar: 'src/registrar/process.ts',
    load: 'src/load/process.ts',
    keeper: 'src/runtime/keeper-process.ts',
  },
});

writeFileSync('dist/LICENCES', licencesOf(metafile));

await buildQuickPackages(['pino', 'fastify', 'ioredis'], 'dist/packages');

const labs = readdirSync('labs').filter((name) => /^\d\d-/.test(name));

await build({
  ...common,
  entryPoints: labs.flatMap((lab) => [`labs/${lab}/lab.ts`, `labs/${lab}/checks.ts`]),
  outbase: 'labs',
  outdir: 'dist/labs',
});

const definitions = await Promise.all(
  labs.map(async (lab) => [lab, (await import(`../dist/labs/${lab}/lab.js`)).default]),
);

// Of a lab's sources the package needs what its servers run; the rest is built into dist/labs. npm goes by this file.
const servers = await build({
  ...common,
  entryPoints: definitions.flatMap(([lab, { scenario, steps }]) => {
    const entries = [...scenario.variants, ...steps].flatMap(({ entry }) => entry ?? []);
    return [...new Set(['server.ts', ...entries])].map((entry) => `labs/${lab}/${entry}`);
  }),
  outdir: 'dist/servers',
  metafile: true,
  write: false,
});
const needed = Object.keys(servers.metafile.inputs)
  .filter((file) => /^labs\/[^/]+\/[^/]+$/.test(file))
  .map((file) => file.replace('labs/', '!/'));
writeFileSync('labs/.npmignore', `${['/*/*.ts', ...needed.sort()].join('\n')}\n`);

// For `list` and the menu: to load each lab for its title took longer than all else that they do.
const summaries = definitions.map(([lab, definition]) => {
  const { title, objectives, minutes, steps, exercises } = definition;
  const summary = {
    title,
    objectives,
    minutes,
    steps: steps.map(({ id, phase }) => ({ id, phase })),
    exercises: exercises.map(({ id, title, kind, objectives, points }) => ({
      id,
      title,
      kind,
      objectives,
      points,
    })),
  };
  return [lab, summary];
});
writeFileSync('dist/labs/list.json', JSON.stringify(Object.fromEntries(summaries)));

// In a clone, `npx course-labs` then finds this checkout without asking npm to install it somewhere.
if (existsSync('node_modules/.bin')) {
  rmSync('node_modules/.bin/course-labs', { force: true });
  symlinkSync('../../bin/course-labs.js', 'node_modules/.bin/course-labs');
}
