import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useQuickPackages } from './quick-packages.ts';

const built = fileURLToPath(new URL('../../dist/packages', import.meta.url));

let folder: string;
let build: string;
let quick: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'course-labs-quick-'));
  build = join(folder, 'work/build');
  quick = join(folder, 'quick');
  await makePackage(join(quick, 'one'), '1.2.3');
  await makePackage(join(quick, 'two'), '2.0.0');
});
afterEach(() => rm(folder, { recursive: true }));

async function makePackage(place: string, version: string): Promise<void> {
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'package.json'), JSON.stringify({ version }));
}

describe('what is built below the folder loads the quick packages', () => {
  test('where it would load the same versions', async () => {
    await makePackage(join(folder, 'node_modules/one'), '1.2.3');
    await makePackage(join(folder, 'work/node_modules/two'), '2.0.0');
    await useQuickPackages(build, quick);
    expect(await readlink(join(build, 'node_modules'))).toBe(quick);
    // Once is enough, for a command that shows several labs.
    await useQuickPackages(build, quick);
  });

  test('also where it is named from the folder that the command runs in', async () => {
    await makePackage(join(folder, 'node_modules/one'), '1.2.3');
    await makePackage(join(folder, 'node_modules/two'), '2.0.0');
    await useQuickPackages(relative(process.cwd(), build), quick);
    expect(await readlink(join(build, 'node_modules'))).toBe(quick);
  });

  test('not where one is of another version', async () => {
    await makePackage(join(folder, 'node_modules/one'), '1.2.3');
    await makePackage(join(folder, 'node_modules/two'), '2.0.0');
    await makePackage(join(folder, 'work/node_modules/two'), '2.0.1');
    await useQuickPackages(build, quick);
    expect(existsSync(join(build, 'node_modules'))).toBe(false);
  });

  test('not where one is missing', async () => {
    await makePackage(join(folder, 'node_modules/one'), '1.2.3');
    await useQuickPackages(build, quick);
    expect(existsSync(join(build, 'node_modules'))).toBe(false);
  });

  test('not where none were built', async () => {
    await useQuickPackages(build, join(folder, 'nothing'));
    expect(existsSync(build)).toBe(false);
  });
});

describe('a package as it was built', () => {
  // In Node itself: the runner of the tests has ways of its own with CommonJS.
  const said = async (script: string) => {
    const args = ['--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: built });
    return stdout;
  };
  const entry = (name: string, packages = built) =>
    pathToFileURL(join(packages, name, 'index.mjs')).href;
  const exportsOf = async (specifier: string) => {
    const stdout = await said(`const m = await import(${JSON.stringify(specifier)});
      console.log(JSON.stringify([m, m.default].map((each) => Object.keys(each).sort())));`);
    const [named = [], own] = JSON.parse(stdout) as string[][];
    // Later versions of Node add it to what CommonJS exports.
    return { named: named.filter((each) => each !== 'module.exports'), own };
  };

  test.each(['pino', 'fastify', 'ioredis'])('%s exports what the package exports', async (name) => {
    expect(await exportsOf(entry(name))).toEqual(await exportsOf(name));
  });

  test.each(['pino', 'fastify', 'ioredis'])(
    '%s is not compiled again by this Node',
    async (name) => {
      const stdout = await said(`
      globalThis[Symbol.for('course-labs.code-caches')] = (script, place) =>
        console.log(place, script.cachedDataRejected);
      await import(${JSON.stringify(entry(name))});`);
      expect(stdout).toContain(`${join(built, name)} false\n`);
      expect(stdout).not.toMatch(/true|undefined/);
    },
  );

  test.each(['none', 'of another Node'])(
    'is loaded with a code cache that is %s',
    async (which) => {
      await cp(built, quick, { recursive: true });
      await symlink(join(built, '../../node_modules'), join(folder, 'node_modules'), 'dir');
      const cache = join(quick, 'pino/code.cache');
      if (which === 'none') await rm(cache);
      else await writeFile(cache, (await readFile(cache)).fill(1, 4, 8));
      const script = `const { pino } = await import(${JSON.stringify(entry('pino', quick))}); pino().info('here');`;
      expect(await said(script)).toContain('"msg":"here"');
    },
  );

  test('pino finds the files of its workers', async () => {
    const target = join(folder, 'out.log');
    await said(`const { pino } = await import(${JSON.stringify(entry('pino'))});
      const options = { destination: ${JSON.stringify(target)} };
      pino(pino.transport({ target: 'pino/file', options })).info('from a worker');`);
    expect(await readFile(target, 'utf8')).toContain('from a worker');
  });
});
