import { existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { createEnding } from './ending.ts';
import { ownGradeFolder } from './grade-folder.ts';

it('makes a folder of its own, and removes those of commands that were killed', async () => {
  // No process has such a number: Linux counts to four millions at most.
  const [killed, running] = [9_000_001, 9_000_002].map((pid) =>
    join(tmpdir(), `course-labs-grade-${pid}-Ab1`),
  ) as [string, string];
  for (const folder of [killed, running]) mkdirSync(folder, { recursive: true });
  const isRunning = (pid: number) => pid !== 9_000_001;
  const ending = createEnding();
  try {
    const own = await ownGradeFolder({ ending, pid: 9_000_003, isRunning });
    expect(basename(own)).toMatch(/^course-labs-grade-9000003-/);
    expect([killed, running, own].map(existsSync)).toEqual([false, true, true]);
    await ending.release();
    expect(existsSync(own)).toBe(false);
  } finally {
    await rm(running, { recursive: true, force: true });
  }
});
