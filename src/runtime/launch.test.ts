import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildEntries,
  livingIn,
  openTestRuntime,
  programs,
  type TestRuntime,
} from './runtime.testing.ts';

let distFolder: string;
let test: TestRuntime;

beforeAll(async () => {
  distFolder = await buildEntries({ keeper: './keeper-process.ts' });
  test = openTestRuntime(distFolder);
});

afterAll(async () => {
  await test.close();
  rmSync(distFolder, { recursive: true });
});

const text = async (url: string) => (await fetch(url)).text();

describe('a server that keeps the contract', () => {
  it('is launched with its siblings, answers, and ends on SIGTERM with all its output', async () => {
    const lines: string[] = [];
    const server = await test.start('minimal', {
      onLine: (stream, line) => lines.push(`${stream} ${line}`),
    });
    expect(server.ended()).toBeUndefined();
    expect(await text(`${server.url}/x`)).toBe('{"detail":"hello /x"}');

    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(server.ended()).toEqual({ code: 0, signal: null });
    const { stdout, dropped } = server.output();
    expect(stdout.map((line) => JSON.parse(line).msg)).toEqual([
      `listening on ${server.port}`,
      'bye',
    ]);
    expect(lines).toEqual(stdout.map((line) => `stdout ${line}`));
    expect(dropped).toBe(0);
    expect(server.lastError()).toBeUndefined();
    expect(server.refusedAccess()).toBeUndefined();
    expect(await livingIn(server.pid)).toEqual([]);
  });

  it('gets the variables of the contract, PATH, HOME and LANG, and no others', async () => {
    const other = openTestRuntime(distFolder, {
      environment: {
        PATH: '/bin',
        HOME: '/home/x',
        LANG: 'C.UTF-8',
        SECRET: 'x',
        NODE_OPTIONS: '--no-warnings',
      },
    });
    const server = await other.start('minimal', {
      settings: { cacheTtlSeconds: 1, logLevel: 'debug' },
    });
    expect(JSON.parse(await text(`${server.url}/env`))).toEqual({
      PATH: '/bin',
      HOME: '/home/x',
      LANG: 'C.UTF-8',
      HOST: '127.0.0.1',
      PORT: String(server.port),
      REGISTRAR_URL: 'http://127.0.0.1:1',
      CACHE_BACKEND: 'memory',
      CACHE_TTL_S: '1',
      CACHE_NEGATIVE_TTL_S: '30',
      CACHE_MAX_ENTRIES: '10000',
      LOG_LEVEL: 'debug',
      INSTANCE: 'a',
    });
    expect(JSON.parse(await text(`${server.url}/cwd`))).toBe(
      realpathSync(join(programs, 'minimal')),
    );
    await other.close();
  });

  it('tells what it has used', async () => {
    const server = await test.start('minimal');
    const usage = await server.usage();
    expect(usage?.memoryBytes).toBeGreaterThan(20e6);
    expect(usage?.cpuMs).toBeGreaterThan(0);
    await server.kill();
    expect(await server.usage()).toBeUndefined();
  });

  it('may be of any language, told by a command', async () => {
    const script = `require('http').createServer((q, s) => s.end('plain')).listen(process.env.PORT)`;
    const result = await test.runtime.launch({
      program: { kind: 'command', command: 'node', args: ['-e', script], cwd: programs },
      settings: {},
      registrarUrl: 'http://127.0.0.1:1',
    });
    if (result.kind !== 'ready') throw new Error(result.failure.message);
    expect(await text(result.server.url)).toBe('plain');
    expect((await result.server.usage())?.memoryBytes).toBeGreaterThan(10e6);
    expect(await result.server.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  });
});

describe('a server with the packages that learners may import', () => {
  it('runs under the permission model, from links', async () => {
    const errorLogFile = join(test.workspace, '.course-labs/logs/a/error.log');
    const server = await test.start('with-packages', { errorLogFile });
    const answer = JSON.parse(await text(`${server.url}/cached/`));
    expect(JSON.parse(await text(`${server.url}/cached/`)).n).toBe(answer.n);
    await text(`${server.url}/fail/`);

    const error = server.lastError();
    expect(error?.message).toBe('TypeError: the origin failed');
    expect(error?.place).toEqual({ file: 'server.ts', line: 27, column: 28 });
    expect(JSON.parse(readFileSync(errorLogFile, 'utf8')).msg).toBe('failed');
    expect(server.refusedAccess()).toBeUndefined();
    expect((await server.stop()).code).toBe(0);
  });

  it('has every line of a busy log at hand as soon as the answer is there', async () => {
    const server = await test.start('with-packages', { settings: { logLevel: 'debug' } });
    const count = () =>
      server.output().stdout.filter((line) => line.includes('one of many')).length;
    await text(`${server.url}/lines/`);
    expect(count()).toBe(20_000);
    await server.kill();
  });
});
