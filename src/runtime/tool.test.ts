import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { statFields } from './process-identity.ts';
import {
  buildEntries,
  livingIn,
  openTestRuntime,
  type TestRuntime,
  until,
} from './runtime.testing.ts';

let distFolder: string;
let test: TestRuntime;
beforeAll(async () => {
  distFolder = await buildEntries({ keeper: './keeper-process.ts' });
  test = openTestRuntime(distFolder, {
    environment: { PATH: process.env.PATH, SECRET: 'x' },
    drawPort: async () => 20_001,
  });
});
afterAll(async () => {
  await test.close();
  rmSync(distFolder, { recursive: true });
});

/**
 * A shell that waits for a child of its own. It starts nothing more: stopped between vfork and exec, a shell is no
 * stopped process for proc(5), it waits for its child.
 */
const waits = 'sleep 1000 & echo tick; wait';

function start(script: string) {
  return test.runtime.startTool({
    file: '/bin/sh',
    args: ['-c', script],
    cwd: '/',
    environment: { MINE: 'm' },
  });
}

it('runs in a group of its own, and is suspended and resumed', async () => {
  const tool = await start(waits);
  await until(() => tool.output().length > 0);
  expect((await livingIn(tool.pid)).length).toBeGreaterThanOrEqual(2);
  tool.suspend();
  await until(() => stateOf(tool.pid) === 'T');
  expect(tool.ended()).toBeUndefined();
  tool.resume();
  await until(() => stateOf(tool.pid) !== 'T');
  tool.suspend();
  expect(await tool.kill()).toEqual({ code: null, signal: 'SIGKILL' });
  await until(async () => (await livingIn(tool.pid)).length === 0);
  // Its number is free for others now.
  tool.resume();
});

it('gets PATH of the machine and what it is given, and tells its last words', async () => {
  const tool = await start('echo "<$SECRET$MINE> in $PWD" >&2; exit 3');
  await until(() => tool.ended() !== undefined);
  expect(tool.ended()).toEqual({ code: 3, signal: null });
  expect(tool.output()).toEqual(['<m> in /']);
  expect(test.runtime.environment.SECRET).toBe('x');
  expect(await test.runtime.drawPort()).toBe(20_001);
});

it('that is not there is an error of the system', async () => {
  const options = { file: '/nowhere/redis-server', args: [], cwd: '/' };
  await expect(test.runtime.startTool(options)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('ends with the runtime, suspended as it may be', async () => {
  const other = openTestRuntime(distFolder);
  const tool = await other.runtime.startTool({
    file: '/bin/sh',
    args: ['-c', waits],
    cwd: '/',
  });
  tool.suspend();
  await other.close();
  expect(await livingIn(tool.pid)).toEqual([]);
});

/** From proc(5): T is stopped. */
function stateOf(pid: number): string | undefined {
  return statFields(readFileSync(`/proc/${pid}/stat`, 'utf8'))[2];
}
