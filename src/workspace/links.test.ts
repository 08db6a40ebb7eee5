import {
  access,
  chmod,
  lstat,
  mkdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace } from './create.ts';
import { ensureLinks, learnerPackages } from './links.ts';
import { start, temporaryFolder, writeFiles } from './test-support.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

let root: string;
let modules: string;

const versionOf = async (name: string) =>
  JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8')).version;

/** Files of packages that tell where they stand. */
const packagesIn = (folder: string, version: string) =>
  Object.fromEntries(
    learnerPackages.map((name) => [
      join(folder, name, 'package.json'),
      JSON.stringify({ name, version }),
    ]),
  );

const courseLabs = (folder: string) => ({
  [join(folder, 'package.json')]: JSON.stringify({
    name: 'course-labs',
    version: '0.1.0',
    bin: 'bin/course-labs.js',
  }),
  [join(folder, 'bin/course-labs.js')]:
    '#!/usr/bin/env node\nconsole.log("course-labs", process.argv[2]);\n',
});

/** Installed as npm does it: every package beside course-labs. */
async function hoisted(version = '1.0.0'): Promise<string> {
  const folder = await realpath(await temporaryFolder());
  await writeFiles(folder, {
    ...packagesIn('node_modules', version),
    ...courseLabs('node_modules/course-labs'),
  });
  const packageRoot = join(folder, 'node_modules', 'course-labs');
  await chmod(join(packageRoot, 'bin/course-labs.js'), 0o755);
  return packageRoot;
}

beforeEach(async () => {
  root = await realpath(await temporaryFolder());
  await createWorkspace({ root, seed: 1 });
  modules = join(root, 'node_modules');
});

describe('layouts', () => {
  it('finds packages that were hoisted beside course-labs', async () => {
    const packageRoot = await hoisted();
    await ensureLinks({ root, packageRoot });
    for (const name of learnerPackages) {
      expect(await readlink(join(modules, name))).toBe(join(dirname(packageRoot), name));
    }
    expect(await readlink(join(modules, 'course-labs'))).toBe(packageRoot);
    expect(await realpath(join(modules, '.bin', 'course-labs'))).toBe(
      join(packageRoot, 'bin', 'course-labs.js'),
    );
  });

  it('takes nested packages before hoisted ones', async () => {
    const packageRoot = await hoisted('1.0.0');
    await writeFiles(packageRoot, {
      'node_modules/pino/package.json': JSON.stringify({ name: 'pino', version: '2.0.0' }),
    });
    await ensureLinks({ root, packageRoot });
    expect(await versionOf('pino')).toBe('2.0.0');
    expect(await versionOf('fastify')).toBe('1.0.0');
  });

  it('finds packages beside the real folder of a linked course-labs, as pnpm has it', async () => {
    const real = await hoisted();
    const link = join(await temporaryFolder(), 'course-labs');
    await symlink(real, link);
    await ensureLinks({ root, packageRoot: link });
    expect(await readlink(join(modules, 'fastify'))).toBe(join(dirname(real), 'fastify'));
  });

  it('leaves all as it is where course-labs is installed in the workspace itself', async () => {
    await writeFiles(root, {
      ...packagesIn('node_modules', '3.0.0'),
      ...courseLabs('node_modules/course-labs'),
    });
    await ensureLinks({ root, packageRoot: join(modules, 'course-labs') });
    for (const name of [...learnerPackages, 'course-labs']) {
      expect((await lstat(join(modules, name))).isDirectory()).toBe(true);
    }
    await access(join(modules, '.bin', 'course-labs'));
  });

  it('says which package is missing', async () => {
    const packageRoot = await hoisted();
    await rm(join(dirname(packageRoot), 'ioredis'), { recursive: true });
    await expect(ensureLinks({ root, packageRoot })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('ioredis'),
      nextStep: expect.stringContaining('npm install course-labs'),
    });
  });
});

describe('repair', () => {
  it('makes again what is missing, and changes nothing else', async () => {
    const packageRoot = await hoisted();
    await ensureLinks({ root, packageRoot });
    const before = await lstat(join(modules, 'fastify'));
    await rm(join(modules, '@types'), { recursive: true });
    await rm(join(modules, '.bin'), { recursive: true });
    await ensureLinks({ root, packageRoot });
    expect(await versionOf('@types/node')).toBe('1.0.0');
    await access(join(modules, '.bin', 'course-labs'));
    expect((await lstat(join(modules, 'fastify'))).ino).toBe(before.ino);
  });

  it('repairs links that lead nowhere, in a circle, or to another course-labs', async () => {
    const old = await hoisted('1.0.0');
    await ensureLinks({ root, packageRoot: old });
    await rm(join(modules, 'ioredis'));
    await symlink('ioredis', join(modules, 'ioredis'));
    const packageRoot = await hoisted('2.0.0');
    await ensureLinks({ root, packageRoot });
    for (const name of learnerPackages) expect(await versionOf(name)).toBe('2.0.0');
    expect(await readlink(join(modules, 'course-labs'))).toBe(packageRoot);

    const moved = join(await realpath(await temporaryFolder()), 'moved');
    await rename(dirname(packageRoot), join(moved, '..', 'node_modules'));
    const movedRoot = join(moved, '..', 'node_modules', 'course-labs');
    await expect(stat(join(modules, 'pino'))).rejects.toMatchObject({ code: 'ENOENT' });
    await ensureLinks({ root, packageRoot: movedRoot });
    expect(await versionOf('pino')).toBe('2.0.0');
    await access(join(modules, '.bin', 'course-labs'));
  });

  it('leaves alone what a learner installed or linked', async () => {
    await writeFiles(root, {
      'node_modules/fastify/package.json': JSON.stringify({ version: '9.9.9' }),
      'node_modules/.store/pino/package.json': JSON.stringify({ version: '8.8.8' }),
      'checkout/package.json': JSON.stringify({ version: '7.7.7' }),
      'node_modules/left-pad/index.js': '',
    });
    await symlink(join('.store', 'pino'), join(modules, 'pino'));
    await symlink(join(root, 'checkout'), join(modules, 'ioredis'));
    await ensureLinks({ root, packageRoot: await hoisted('1.0.0') });
    expect(await versionOf('fastify')).toBe('9.9.9');
    expect(await versionOf('pino')).toBe('8.8.8');
    expect(await versionOf('ioredis')).toBe('7.7.7');
    expect(await versionOf('node-cache')).toBe('1.0.0');
    await access(join(modules, 'left-pad', 'index.js'));
  });

  it('may be done by several commands at once', async () => {
    const packageRoot = await hoisted();
    await Promise.all([1, 2, 3, 4, 5].map(() => ensureLinks({ root, packageRoot })));
    for (const name of learnerPackages) expect(await versionOf(name)).toBe('1.0.0');
  });
});

describe('with the real programs', () => {
  it('npx course-labs works in a lab, without a network', { timeout: 60_000 }, async () => {
    await ensureLinks({ root, packageRoot: await hoisted() });
    const cwd = join(root, '01-measure-a-miss');
    await mkdir(cwd);
    const { ended } = start('npx', ['--offline', '--no', 'course-labs', 'list'], { cwd });
    expect(await ended).toMatchObject({ code: 0, lines: ['course-labs list'] });
  });

  it('an editor finds all types, those of @types/node included', { timeout: 120_000 }, async () => {
    await ensureLinks({ root, packageRoot: repository });
    await writeFiles(root, {
      '01-a/server.ts': `
        import { readFile } from 'node:fs/promises';
        import fastify from 'fastify';
        import { Redis } from 'ioredis';
        import NodeCache from 'node-cache';
        import { pino } from 'pino';
        import { port } from './port.ts';
        const cache = new NodeCache({ stdTTL: 60 });
        const redis = new Redis({ lazyConnect: true });
        const app = fastify({ loggerInstance: pino() });
        const answer: Response = await fetch('http://127.0.0.1');
        export const wrong: number = answer.statusText;
        await app.listen({ port: port + cache.keys().length + (await redis.dbsize()) });
        await readFile('x');`,
      '01-a/port.ts': 'export const port = 4101;',
      '.course-labs/kept/01-a/then/server.ts': 'const never: number = "compiled";',
    });
    const tsc = join(repository, 'node_modules', '.bin', 'tsc');
    const { lines } = await start(tsc, ['--pretty', 'false', '-p', root], { cwd: root }).ended;
    // The one mistake shows that types were found: without them everything is any.
    expect(lines).toEqual([
      expect.stringMatching(/^01-a\/server\.ts\(12,22\): error TS2322: .*string.*number/),
    ]);
  });
});
