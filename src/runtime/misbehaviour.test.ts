import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Limits } from './limits.ts';
import {
  buildEntries,
  livingIn,
  openTestRuntime,
  programs,
  type TestRuntime,
  until,
} from './runtime.testing.ts';
import type { StartFailure } from './types.ts';

let distFolder: string;
let test: TestRuntime;
const limits: Partial<Limits> = {
  residentBytes: 300 * 1024 * 1024,
  outputBytes: 32 * 1024 * 1024,
};

beforeAll(async () => {
  distFolder = await buildEntries({ keeper: './keeper-process.ts' });
});
afterAll(() => rmSync(distFolder, { recursive: true }));
beforeEach(() => {
  test = openTestRuntime(distFolder, { limits });
});
afterEach(() => test.close());

async function failureOf(program: string, on = test): Promise<StartFailure> {
  const result = await on.launch(program);
  if (result.kind === 'ready') throw new Error(`${program} became ready`);
  return result.failure;
}

describe('a program that never becomes ready', () => {
  it('because it does not listen, listens elsewhere, or loops before it listens', async () => {
    const hasty = openTestRuntime(distFolder, { limits: { readyWithinMs: 4000 } });
    const [silent, elsewhere, looping] = await Promise.all(
      ['never-listens', 'other-port', 'loops-at-start'].map((name) => failureOf(name, hasty)),
    );
    expect(silent?.reason).toBe('never-ready');
    expect(silent?.message).toMatch(
      /^No answer came from http:\/\/127\.0\.0\.1:\d+\/healthz within 4 s: the server does not listen\.$/,
    );
    expect(silent?.output).toEqual(['still here']);
    expect(elsewhere?.reason).toBe('never-ready');
    expect(elsewhere?.message).toMatch(/: the server listens on port \d+, not on PORT\.$/);
    expect(looping).toMatchObject({ reason: 'never-ready', output: ['before the loop'] });
    await hasty.close();
  });

  it('because it ends with 0', async () => {
    expect(await failureOf('exits-0')).toEqual({
      reason: 'exited',
      message: 'The server ended with exit code 0 before it answered.',
      place: undefined,
      output: ['nothing to do'],
    });
  });

  it('because it crashes, at a known place', async () => {
    const failure = await failureOf('crashes');
    expect(failure.reason).toBe('exited');
    expect(failure.message).toBe(
      "server.ts:6:26: TypeError: Cannot read properties of undefined (reading 'ttl').",
    );
    expect(failure.place).toEqual({ file: 'server.ts', line: 6, column: 26 });
    expect(failure.output.at(-1)).toBe('starting');
  });

  it('because it throws a text', async () => {
    const failure = await failureOf('throws-text');
    expect(failure.reason).toBe('exited');
    expect(failure.message).toBe('Uncaught no Error, only text.');
  });

  it('because it does not parse, or imports what is not there', async () => {
    expect(await failureOf('syntax-error')).toMatchObject({
      reason: 'syntax',
      message: 'server.ts:6:24: Unexpected token.',
    });
    expect((await failureOf('missing-import')).message).toBe(
      'server.ts:2:25: There is no file "./cach.ts".',
    );
    const { reason, message } = await failureOf('missing-package');
    expect(reason).toBe('import');
    expect(message).toBe(
      'server.ts:1:22: There is no package "not-installed-anywhere". Packages here: fastify, ioredis, node-cache, pino.',
    );
  });

  it('because it exports a type as if it were a value', async () => {
    const failure = await failureOf('missing-export');
    expect(failure.reason).toBe('import');
    expect(failure.message).toMatch(
      /^server\.ts:2:\d+: SyntaxError: .*'Entry'; if Entry is a type/,
    );
  });

  it('because its command is not there', async () => {
    const program = {
      kind: 'command',
      command: 'no-such-program',
      args: [],
      cwd: programs,
    } as const;
    const result = await test.runtime.launch({
      program,
      settings: {},
      registrarUrl: 'http://127.0.0.1:1',
    });
    expect(result).toMatchObject({ kind: 'failed', failure: { reason: 'not-found' } });
  });
});

describe('a server that misbehaves', () => {
  it('is killed with its whole group when it does not end on SIGTERM', async () => {
    const server = await test.start('ignores-sigterm');
    expect(await server.stop(200)).toEqual({ code: null, signal: 'SIGKILL' });
    expect(server.output().stdout).toEqual(['not now']);
    expect(await livingIn(server.pid)).toEqual([]);
  });

  it('is killed when it loops for ever', async () => {
    const server = await test.start('loops-after-listening');
    const asked = fetch(`${server.url}/loop`).catch(() => 'broken');
    await until(async () => ((await server.usage())?.cpuMs ?? 0) > 500);
    expect(await server.stop(200)).toEqual({ code: null, signal: 'SIGKILL' });
    expect(await asked).toBe('broken');
    expect(await livingIn(server.pid)).toEqual([]);
  });

  it('tells its last error, from its log or from stderr', async () => {
    const server = await test.start('throws-in-route');
    await fetch(`${server.url}/handled`);
    expect(server.lastError()).toEqual({
      message: "TypeError: Cannot read properties of undefined (reading 'name')",
      place: { file: 'server.ts', line: 15, column: 73 },
    });
    await fetch(`${server.url}/crash`).catch(() => {});
    await until(() => server.ended() !== undefined);
    expect(server.ended()).toEqual({ code: 1, signal: null });
    expect(server.lastError()?.place).toEqual({ file: 'server.ts', line: 12, column: 14 });
  });

  it('is ended when it floods its output', async () => {
    const server = await test.start('floods-stdout');
    await fetch(`${server.url}/flood`).catch(() => {});
    await until(() => server.ended() !== undefined);
    expect(server.brokenLimit()).toBe('output');
    const { stdout, dropped } = server.output();
    expect(stdout.at(-1)).toMatch(/^a line of a flood|^a /);
    expect(stdout.length * 66).toBeLessThan(65 * 1024 * 1024);
    expect(dropped).toBeGreaterThan(0);
  });

  it('is told to have flooded its output when the kernel saw it first', async () => {
    const slow = openTestRuntime(distFolder, {
      limits: { fileBytes: 1024 * 1024, outputBytes: 1024 ** 4 },
    });
    const server = await slow.start('floods-stdout');
    await fetch(`${server.url}/flood`).catch(() => {});
    await until(() => server.ended() !== undefined);
    expect(server.brokenLimit()).toBe('output');
    await slow.close();
  });

  it('is ended when it eats memory, as objects or as buffers', async () => {
    for (const program of ['eats-objects', 'eats-buffers']) {
      const server = await test.start(program);
      await fetch(`${server.url}/eat`).catch(() => {});
      await until(() => server.ended() !== undefined);
      expect(server.brokenLimit(), program).toBe('memory');
      expect(await livingIn(server.pid)).toEqual([]);
    }
  });

  it('is ended when it fills the disk, with one file or with many', async () => {
    const small = openTestRuntime(distFolder, { limits: { diskBytes: 100 * 1024 * 1024 } });
    const cacheDir = join(small.workspace, 'cache');
    const errorLogFile = join(small.workspace, 'error.log');
    for (const program of ['fills-the-cache-folder', 'fills-the-error-log']) {
      const server = await small.start(program, { cacheDir, errorLogFile });
      await fetch(`${server.url}/attack`).catch(() => {});
      await until(() => server.ended() !== undefined);
      expect(server.brokenLimit(), program).toBe('disk');
      rmSync(cacheDir, { recursive: true });
    }
    await small.close();
  });

  it('takes its children with it, however it ends', async () => {
    const launch = async () => {
      const cwd = join(programs, 'leaves-a-child');
      const program = {
        kind: 'command',
        command: process.execPath,
        args: ['server.mjs'],
        cwd,
      } as const;
      const result = await test.runtime.launch({
        program,
        settings: {},
        registrarUrl: 'http://127.0.0.1:1',
      });
      if (result.kind === 'failed') throw new Error(result.failure.message);
      return result.server;
    };
    const stopped = await launch();
    expect(await livingIn(stopped.pid)).toHaveLength(2);
    await stopped.stop();
    await until(async () => (await livingIn(stopped.pid)).length === 0);

    const exited = await launch();
    await fetch(`${exited.url}/exit`).catch(() => {});
    await until(() => exited.ended() !== undefined);
    expect(exited.ended()).toEqual({ code: 3, signal: null });
    await until(async () => (await livingIn(exited.pid)).length === 0);
  });
});
