import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { identify } from '../runtime/process-identity.ts';
import { createEnding } from './ending.ts';
import { ownGradeFolder } from './grade-folder.ts';

it('makes a folder of its own, and removes those of commands that were killed, with what they had started', async () => {
  // No process has such a number: Linux counts to four millions at most.
  const [killed, running] = [9_000_001, 9_000_002].map((pid) =>
    join(tmpdir(), `course-labs-grade-${pid}-Ab1`),
  ) as [string, string];
  for (const folder of [killed, running]) mkdirSync(folder, { recursive: true });
  const isRunning = (pid: number) => pid !== 9_000_001;
  // What it had started outlived it and its keeper.
  const orphan = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  const ended = once(orphan, 'exit');
  mkdirSync(join(killed, 'processes'));
  const cli = { pid: 9_000_001, startedAt: 'x' };
  const groups = [{ ...identify(orphan.pid as number), name: 'server.mjs' }];
  writeFileSync(join(killed, 'processes', '9000001-1.json'), JSON.stringify({ cli, groups }));
  const ending = createEnding();
  try {
    const own = await ownGradeFolder({ ending, pid: 9_000_003, isRunning });
    expect(basename(own)).toMatch(/^course-labs-grade-9000003-/);
    expect([killed, running, own].map(existsSync)).toEqual([false, true, true]);
    expect(await ended).toEqual([null, 'SIGKILL']);
    await ending.release();
    expect(existsSync(own)).toBe(false);
  } finally {
    await rm(running, { recursive: true, force: true });
  }
});
