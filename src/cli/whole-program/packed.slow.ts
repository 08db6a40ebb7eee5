import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace } from '../../workspace/index.ts';
import { filesIn } from './files-in.testing.ts';
import { freshFolder, installLab1 } from './program.testing.ts';

/** The package as npm packs it: what is in it, and what it does in an empty folder, with npm's cache and nothing else. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const shell = promisify(execFile);
const folder = freshFolder();
const installed = join(folder, 'installed', 'node_modules', 'course-labs');
let tarball = '';
let files: string[] = [];

/** What a person's shell has, too; of all that `npm run` sets, where packages are fetched from. */
const ofTheMachine =
  /^(PATH|HOME|LANG|(http|https|no)_proxy|NODE_EXTRA_CA_CERTS|npm_config_(registry|cafile|(user|global)config))$/i;

/** How a program ended, also where it is not what was hoped for. */
async function end(command: string, args: readonly string[], cwd: string, env = {}) {
  const known = Object.entries(process.env).filter(([name]) => ofTheMachine.test(name));
  const given = { ...Object.fromEntries(known), npm_config_cache: ownCache, ...env };
  const options = { cwd, env: given, maxBuffer: 50_000_000 };
  return shell(command, [...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error) => ({ code: error.code, stdout: String(error.stdout), stderr: String(error.stderr) }),
  );
}

/** A tool of the checkout. */
const tool = (name: string, args: readonly string[], cwd = root) =>
  end(join(root, 'node_modules', '.bin', name), args, cwd);

/** Looks like npm's cache, and what npx installs lands here instead of staying behind with the user. */
const ownCache = join(folder, 'npm');

/** Nothing may be fetched any more. */
const offline = { npm_config_offline: 'true' };

beforeAll(async () => {
  const { stdout } = await shell('npm', ['config', 'get', 'cache'], { cwd: root });
  const fetched = join(stdout.trim(), '_cacache');
  for (const each of [ownCache, fetched]) mkdirSync(each, { recursive: true });
  symlinkSync(fetched, join(ownCache, '_cacache'));
  const packed = await end('npm', ['pack', '--silent', '--pack-destination', folder], root);
  expect(packed.code, packed.stderr).toBe(0);
  tarball = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
  const listed = await end('tar', ['-tzf', tarball], root);
  files = listed.stdout
    .trim()
    .split('\n')
    .map((name) => name.replace('package/', ''));
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const labNames = readdirSync(join(root, 'labs')).filter((name) => /^\d\d-/.test(name));

/** The servers of a lab that are shown: its own, and those of variants and steps. */
async function serversOf(lab: string): Promise<string[]> {
  const module = await import(pathToFileURL(join(root, 'dist', 'labs', lab, 'lab.js')).href);
  const { scenario, steps } = module.default;
  const places: { entry?: string }[] = [...scenario.variants, ...steps];
  return [...new Set(['server.ts', ...places.flatMap(({ entry }) => entry ?? [])])];
}

/** Everything that they import, as paths below `from`; fails where something is missing. */
async function reachedBy(servers: readonly string[], from: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: from,
    entryPoints: [...servers],
    outdir: 'nowhere',
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs);
}

describe('the packed package', () => {
  it('has at most 1 MB', () => {
    expect(statSync(tarball).size).toBeLessThanOrEqual(1_000_000);
  });

  it('holds nothing that is not needed', async () => {
    const known = [
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md)$/,
      /^bin\/course-labs\.js$/,
      /^dist\/(cli|kit|keeper|load|registrar)\.js$/,
      /^dist\/chunks\/[\w-]+\.js$/,
      /^dist\/kit\/[\w-]+\.d\.ts$/,
      /^dist\/(packages\/(fastify|ioredis|pino)\/)?LICENCES$/,
      /^dist\/packages\/(fastify|ioredis|pino)\/(package\.json|index\.m?js|code\.js)$/,
      /^dist\/labs\/(list\.json|\d\d-[\w-]+\/(lab|checks)\.js)$/,
      /^src\/grading\/report\.schema\.json$/,
      /^docs\/(learners|instructors|authors)\.md$/,
      /^template\/(lab|checks|server)\.ts$/,
      /^template\/(lesson\.md|starter\/.+|(solutions|mutants)\/[\w-]+\/.+)$/,
      /^labs\/glossary\.md$/,
      /^labs\/\d\d-[\w-]+\/(lesson\.md|starter\/.+|(solutions|mutants)\/[\w-]+\/.+)$/,
    ];
    const servers = await Promise.all(
      labNames.map(async (lab) => (await serversOf(lab)).map((name) => `labs/${lab}/${name}`)),
    );
    const reached = await reachedBy(servers.flat(), root);
    const strange = files.filter(
      (file) => !known.some((pattern) => pattern.test(file)) && !reached.includes(file),
    );
    expect(strange).toEqual([]);
    expect(
      files.filter((file) => /\.(test|testing|slow)\.|\.snap$|\.map$|\/\./.test(file)),
    ).toEqual([]);
  });

  it('holds all that a lab consists of', () => {
    for (const lab of labNames) {
      const place = join(root, 'labs', lab);
      const parts = ['starter', 'solutions', 'mutants'].flatMap((part) =>
        filesIn(join(place, part)).map((name) => `labs/${lab}/${part}/${name}`),
      );
      const wanted = ['lesson.md', 'server.ts'].map((name) => `labs/${lab}/${name}`);
      const built = ['lab.js', 'checks.js'].map((name) => `dist/labs/${lab}/${name}`);
      const missing = [...parts, ...wanted, ...built].filter((file) => !files.includes(file));
      expect(missing).toEqual([]);
      expect(parts.length).toBeGreaterThan(3);
    }
  });

  it('is what package managers and TypeScript expect', async () => {
    const linted = await tool('publint', ['run', tarball, '--strict']);
    expect(linted.code, linted.stdout + linted.stderr).toBe(0);
    // It is for `import` alone, and says so: what `require` and the old resolution make of it is left out.
    const typed = await tool('attw', [tarball, '--profile', 'esm-only', '--no-color']);
    expect(typed.code, typed.stdout + typed.stderr).toBe(0);
  }, 300_000);
});

describe('with nothing but the archive, and once that is fetched without a network', () => {
  const [empty, place] = [join(folder, 'empty'), join(folder, 'installed')];
  const npx = (args: string, env = {}) =>
    // The shell finds the archive, as it does where a person types this.
    end('sh', ['-c', `npx --yes ./course-labs-*.tgz ${args}`], empty, env);
  const labs = (...args: string[]) => end('npx', ['course-labs', ...args], place, offline);

  beforeAll(async () => {
    for (const each of [empty, place]) mkdirSync(each);
    cpSync(tarball, join(empty, basename(tarball)));
    const fetched = await npx('list --json');
    expect(fetched.code, fetched.stderr).toBe(0);
    await writeFile(join(place, 'package.json'), '{"private":true,"type":"module"}');
    const options = ['--no-audit', '--no-fund', '--offline'];
    const done = await end('npm', ['install', ...options, tarball], place);
    expect(done.code, done.stderr).toBe(0);
    // No package is old, wants another Node, or runs something when it is installed. Of an archive's `prepare` the newest
    // npm says that it did not run it; there is nothing left for it to do.
    const ours = /^npm warn install-scripts(\s+(1 package has|course-labs@|Run `npm)|$)/;
    const said = done.stderr.split('\n').filter((line) => line !== '' && !ours.test(line));
    expect(said).toEqual([]);
    expect(filesIn(installed)).toEqual([...files].sort());
  }, 600_000);

  it.concurrent('npx starts it, and says what to type next', async () => {
    const started = await npx('start --yes', offline);
    expect(started.code, started.stderr).toBe(0);
    expect(started.stdout).toMatch(/cache off\s+cache on/);
    expect(started.stdout).toMatch(/60 of 60 points/);
    expect(readdirSync(empty).sort()).toEqual([basename(tarball), 'course-labs-work']);
    // It works from here, though no registry knows the name.
    const [, next] = /Your own turn:\s+(npx .+) run 1/.exec(started.stdout) ?? [];
    const typed = await end('sh', ['-c', `${next} list --json`], empty, offline);
    expect(typed.code, typed.stderr).toBe(0);
    const inside = join(empty, 'course-labs-work', '01-measure-a-miss');
    const graded = await end('npx', ['course-labs', 'check-answer', '1', 'C1'], inside, offline);
    expect(graded.stdout + graded.stderr).toContain('repeat-makes-no-origin-call');
    expect(graded.code).toBe(1);
  }, 600_000);

  it.concurrent('npm installs it, and it lists and grades', async () => {
    const listed = await labs('list');
    expect(listed.code, listed.stderr).toBe(0);
    expect(listed.stdout).toContain('Capstone');
    const own = await installLab1(await createWorkspace({ root: join(place, 'work'), seed: 4711 }));
    const right = join(installed, 'labs', '01-measure-a-miss', 'solutions', 'in-the-handler');
    cpSync(right, own, { recursive: true });
    const graded = await labs('check-answer', '1', '--workspace', 'work');
    expect(graded.code, graded.stdout + graded.stderr).toBe(0);
    expect(graded.stdout).toContain('60 of 60 points');
  }, 600_000);

  it.concurrent('proves a lab', async () => {
    const proved = await labs('labs', 'validate', '1');
    expect(proved.code, proved.stdout + proved.stderr).toBe(0);
  }, 600_000);

  it.concurrent('has all that the servers of its labs import', async () => {
    for (const lab of labNames) {
      const from = join(installed, 'labs', lab);
      expect((await reachedBy(await serversOf(lab), from)).length).toBeGreaterThan(0);
    }
  }, 60_000);

  it.concurrent.each([
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ])(
    'gives labs their types: %s, %s',
    async (module, moduleResolution) => {
      const name = `lab-${moduleResolution}.ts`;
      await writeFile(join(place, name), author);
      const options = `--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false
      --target ES2022 --module ${module} --moduleResolution ${moduleResolution}`;
      const checked = await tool('tsc', [...options.split(/\s+/), name], place);
      expect(checked.code, checked.stdout).toBe(0);
    },
    300_000,
  );
});

/** What an author of labs writes; the last line is there to be wrong, so that types which are `any` are seen. */
const author = `import { apiPath, defineChecks, demand, type Check } from 'course-labs/kit';

const check: Check = {
  id: 'answers',
  title: 'it answers',
  points: 60,
  run: async (probe) => {
    const { status } = await probe.server.get(apiPath('subjects', 'Dance', 'stats'));
    demand('status', 200, status, { asked: 'Dance', rationale: 'It is there.', help: 'Answer.' });
  },
};
export default defineChecks({ C1: [check] });
// @ts-expect-error: points are a number
export const wrong: Check = { ...check, points: '60' };
`;
