import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildEntries,
  openTestRuntime,
  programs,
  type TestRuntime,
  until,
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

describe('the permissions of an answer', () => {
  it('let it write CACHE_DIR and ERROR_LOG, and nothing else', async () => {
    const cacheDir = join(test.workspace, '.course-labs/cache/a');
    // Not in the workspace, which may be read: a grading has it elsewhere, too.
    const logs = mkdtempSync(join(tmpdir(), 'course-labs-logs-'));
    const errorLogFile = join(logs, 'error.log');
    const server = await test.start('writes-outside', { cacheDir, errorLogFile });
    expect(await text(`${server.url}/cache`)).toBe('ok');
    expect(await text(`${server.url}/error-log`)).toBe('ok');
    expect(readFileSync(join(cacheDir, 'a/b/entry.json'), 'utf8')).toBe('{}');
    expect(readFileSync(errorLogFile, 'utf8')).toBe('x\n');
    expect(server.refusedAccess()).toBeUndefined();

    const outside = join(programs, 'writes-outside/left-behind.txt');
    expect(await text(`${server.url}/outside`)).toBe('ERR_ACCESS_DENIED');
    expect(existsSync(outside)).toBe(false);
    expect(server.refusedAccess()).toBe(
      `The answer tried to write ${outside}; here it may write only in CACHE_DIR and to ERROR_LOG.`,
    );
    expect(server.lastError()?.place?.file).toBe('server.ts');
    await server.kill();
    rmSync(logs, { recursive: true });
  });

  it('name the limit where a lab gives it nothing to write to', async () => {
    const server = await test.start('writes-outside');
    await text(`${server.url}/outside`);
    expect(server.refusedAccess()).toMatch(/left-behind\.txt; here it may write no files\.$/);
    await server.kill();
  });

  it('keep it from the home folder, before it is ready', async () => {
    const result = await test.launch('reads-home');
    if (result.kind === 'ready') throw new Error('it could read the home folder');
    expect(result.failure.reason).toBe('exited');
    expect(result.failure.message).toBe(
      `server.ts:5:1: The answer tried to read ${homedir()}; here it may read only its workspace and the installed packages.`,
    );
  });

  it('keep it from starting programs, also when only its log tells', async () => {
    const server = await test.start('spawns-a-process');
    expect((await fetch(`${server.url}/spawn`)).status).toBe(500);
    expect(server.refusedAccess()).toMatch(
      /^The answer tried to start .*; here it may start none\.$/,
    );
    await server.kill();
  });

  it('let it start workers where the lab says so, with the same limits', async () => {
    const server = await test.start('starts-workers', { allowWorkers: true });
    expect(JSON.parse(await text(`${server.url}/work`))).toEqual({ said: 'ERR_ACCESS_DENIED' });
    expect(server.output().stderr).toEqual([]);
    await server.kill();

    const other = await test.start('starts-workers');
    expect(await text(`${other.url}/work`)).toBe('"ERR_ACCESS_DENIED"');
    expect(other.refusedAccess()).toBe(
      'The answer tried to start a worker thread; in this lab it may start none.',
    );
    await other.kill();
  });

  it('keep it from ending others, and from the databases that Node opens by itself', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
    const killer = await test.start('kills-another-process');
    expect(await text(`${killer.url}/attack?target=${bystander.pid}`)).toBe('ERR_ACCESS_DENIED');
    expect(killer.refusedAccess()).toBe(
      `The answer tried to signal process ${bystander.pid}; here it may signal only itself.`,
    );
    expect(bystander.signalCode).toBeNull();
    bystander.kill();
    expect(await killer.stop()).toEqual({ code: null, signal: 'SIGTERM' });

    const database = join(test.workspace, 'left-behind.db');
    const writer = await test.start('writes-a-database');
    await text(`${writer.url}/attack?target=${encodeURIComponent(database)}`);
    expect(existsSync(database)).toBe(false);
    expect(writer.refusedAccess()).toMatch(/^The answer tried to use node:sqlite, /);
    await writer.kill();
  });

  it('let it signal itself, and ask whether another process is there', async () => {
    const server = await test.start('signals-itself');
    expect(await text(`${server.url}/`)).toBe('true');
    await until(() => server.output().stdout.includes('SIGUSR2'));
    expect(server.refusedAccess()).toBeUndefined();
    await server.kill();
  });

  it('are off for a server that is debugged', async () => {
    const server = await test.start('writes-outside', { inspectPort: 0 });
    expect(server.output().stderr[0]).toMatch(/^Debugger listening on ws:\/\/127\.0\.0\.1:/);
    await server.kill();
  });
});
