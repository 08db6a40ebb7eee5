import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ownCommandFolder, sweepCommandFolders } from './command-folder.ts';
import { createEnding } from './ending.ts';
import { killedPid, leaveKilledCommand } from './killed-command.testing.ts';

const isRunning = (pid: number) => pid !== killedPid;
let killed: ReturnType<typeof leaveKilledCommand>;
let running: string;

describe.each(['grade', 'validate'] as const)('the folder of %s', (command) => {
  beforeEach(() => {
    // A place of its own: a command that runs meanwhile would remove what no process owns.
    vi.stubEnv('TMPDIR', mkdtempSync(join(tmpdir(), 'command folder ')));
    killed = leaveKilledCommand(command, tmpdir());
    running = join(tmpdir(), `course-labs-${command}-9000002-Ab1`);
    mkdirSync(running);
  });
  afterEach(async () => {
    await rm(tmpdir(), { recursive: true, force: true });
    vi.unstubAllEnvs();
  });

  it('goes with the command; those of killed ones go before, with what they had started', async () => {
    const ending = createEnding();
    const own = await ownCommandFolder({ ending, pid: 9_000_003, isRunning }, command);
    expect(basename(own)).toMatch(new RegExp(`^course-labs-${command}-9000003-`));
    expect([killed.folder, running, own].map(existsSync)).toEqual([false, true, true]);
    expect(await killed.orphanEnds).toEqual([null, 'SIGKILL']);
    await ending.release();
    expect(existsSync(own)).toBe(false);
  });

  it('is swept by whoever looks, once', async () => {
    expect(await sweepCommandFolders({ isRunning })).toBe(1);
    expect([killed.folder, running].map(existsSync)).toEqual([false, true]);
    expect(await killed.orphanEnds).toEqual([null, 'SIGKILL']);
    expect(await sweepCommandFolders({ isRunning })).toBe(0);
  });
});
