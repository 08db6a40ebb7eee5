import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { killGroup } from './process-group.ts';
import { identify, sameness } from './process-identity.ts';
import { buildEntries, livingIn, until } from './runtime.testing.ts';
import { sweep } from './sweep.ts';

let distFolder: string;
let folder: string;
let recordFolder: string;

beforeAll(async () => {
  distFolder = await buildEntries({
    keeper: './keeper-process.ts',
    cli: new URL('./stand-in-cli.testing.ts', import.meta.url),
  });
});
afterAll(() => rmSync(distFolder, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeper-'));
  recordFolder = join(folder, '.course-labs');
});
afterEach(() => {
  for (const cli of started.splice(0)) cli.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface StandIn {
  cli: ChildProcess;
  /** The server's process group. */
  group: number;
  keeper: number;
}

const started: ChildProcess[] = [];

function startCli(program: string): ChildProcess {
  const args = [join(distFolder, 'cli.js'), distFolder, folder, program];
  const cli = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(cli);
  return cli;
}

/** A CLI of its own that launches a server which loops for ever once it was asked to. */
async function startStandIn(program: string): Promise<StandIn> {
  const cli = startCli(program);
  const lines = createInterface({ input: cli.stdout as NodeJS.ReadableStream });
  const [line] = await once(lines, 'line');
  return { cli, ...JSON.parse(line) };
}

const isGone = (pid: number) => sameness(identify(pid)) === 'gone';

describe('when the CLI is killed', () => {
  it('the keeper ends a server that loops for ever, and itself', async () => {
    const { cli, group, keeper } = await startStandIn('loops-after-listening');
    expect(await livingIn(group)).toEqual([group]);
    expect(isGone(keeper)).toBe(false);
    cli.kill('SIGKILL');
    await until(async () => (await livingIn(group)).length === 0);
    await until(() => isGone(keeper));
  });

  it('the keeper ends what was started a moment ago, before it is up itself', async () => {
    const cli = startCli('never-listens');
    const processes = join(recordFolder, 'processes');
    let group = 0;
    await until(() => {
      try {
        const [name] = readdirSync(processes).filter((file) => file.endsWith('.json'));
        group = JSON.parse(readFileSync(join(processes, name ?? ''), 'utf8')).groups[0].pid;
        return true;
      } catch {
        return false;
      }
    });
    cli.kill('SIGKILL');
    await until(async () => (await livingIn(group)).length === 0);
  });

  it('the keeper does not mind Ctrl-C, SIGTERM or the end of the terminal', async () => {
    const { cli, group, keeper } = await startStandIn('loops-after-listening');
    // A terminal never reaches it; these do, and on a busy machine they could come while Node is still starting.
    await until(() => catchesHangUp(keeper));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(keeper, signal);
    // Its own session: no terminal's signal reaches it.
    expect(await livingIn(keeper)).toEqual([keeper]);
    expect(await livingIn(group)).toEqual([group]);
    cli.kill('SIGKILL');
    await until(async () => (await livingIn(group)).length === 0);
    await until(() => isGone(keeper));
  });

  it('a keeper that was killed is started again', async () => {
    const { cli, group, keeper } = await startStandIn('loops-after-listening');
    process.kill(keeper, 'SIGKILL');
    const next = () =>
      childrenOf(cli.pid as number).filter((pid) => pid !== group && pid !== keeper);
    await until(() => next().length === 1);
    cli.kill('SIGKILL');
    await until(async () => (await livingIn(group)).length === 0);
  });
});

describe('the sweep', () => {
  it('ends what a dead CLI and a dead keeper left, and removes the record', async () => {
    const { cli, group, keeper } = await startStandIn('loops-after-listening');
    // Both at once: the keeper has no time to act, and the CLI none to start another.
    cli.kill('SIGSTOP');
    process.kill(keeper, 'SIGKILL');
    cli.kill('SIGKILL');
    await once(cli, 'exit');
    expect(await livingIn(group)).toEqual([group]);

    const swept = await sweep(recordFolder);
    expect(swept).toEqual([{ pid: group, name: expect.stringContaining('server.mjs') }]);
    await until(async () => (await livingIn(group)).length === 0);
    expect(readdirSync(join(recordFolder, 'processes'))).toEqual([]);
    expect(await sweep(recordFolder)).toEqual([]);
  });

  it('leaves the processes of a living CLI, and strangers with an old number, alone', async () => {
    const { cli, group } = await startStandIn('loops-after-listening');
    expect(await sweep(recordFolder)).toEqual([]);
    const [name] = readdirSync(join(recordFolder, 'processes'));
    const record = JSON.parse(
      readFileSync(join(recordFolder, 'processes', name as string), 'utf8'),
    );
    expect(record.groups).toMatchObject([{ pid: group }]);

    // The same number, another start time: not the process that was noted.
    const old = {
      cli: { pid: 2 ** 22 + 1, startedAt: 'x' },
      groups: [{ pid: group, startedAt: 'x', name: 'old' }],
    };
    writeFileSync(join(recordFolder, 'processes/4194305-1.json'), JSON.stringify(old));
    expect(await sweep(recordFolder)).toEqual([]);
    expect(readdirSync(join(recordFolder, 'processes'))).toEqual([name]);
    expect(await livingIn(group)).toEqual([group]);
    killGroup(group);
    cli.kill('SIGKILL');
  });

  it('does not mind what is absent or broken', async () => {
    expect(await sweep(join(folder, 'nowhere'))).toEqual([]);
    const processes = join(recordFolder, 'processes');
    mkdirSync(processes, { recursive: true });
    writeFileSync(join(processes, '1-1.json'), '{"cli":');
    writeFileSync(
      join(processes, '2-1.json'),
      '{"cli":{"pid":4194305},"groups":[{"pid":-1},{"pid":1}]}',
    );
    expect(await sweep(recordFolder)).toEqual([]);
    expect(readdirSync(processes)).toEqual([]);
  });
});

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
}

/** Its signal handlers are there: SIGHUP, which Node itself leaves alone, is the lowest bit of what it catches. */
function catchesHangUp(pid: number): boolean {
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (BigInt(`0x${caught ?? 0}`) & 1n) === 1n;
}
