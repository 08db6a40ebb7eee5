import { mkdir, readdir, rmdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { withLock } from './lock.ts';
import { temporaryFolder } from './test-support.ts';

let root: string;
let file: string;

const impatient = { tries: 5, pauseMs: 1 };

beforeEach(async () => {
  root = await temporaryFolder();
  file = join(root, '.course-labs', 'lock');
});

it('lets one in at a time, and is gone afterwards', async () => {
  let inside = 0;
  let most = 0;
  const one = () =>
    withLock(root, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await stat(file);
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 10 }, one));
  expect(most).toBe(1);
  expect(await readdir(join(root, '.course-labs'))).toEqual([]);
});

it('is gone after an action that failed', async () => {
  const failing = withLock(root, () => Promise.reject(new Error('on the way')));
  await expect(failing).rejects.toThrow('on the way');
  expect(await readdir(join(root, '.course-labs'))).toEqual([]);
});

it('gives up while another command holds it, and names its lock', async () => {
  let called = false;
  await withLock(root, async () => {
    const second = withLock(
      root,
      async () => {
        called = true;
      },
      impatient,
    );
    await expect(second).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('Another course-labs command'),
      nextStep: expect.stringContaining(file),
    });
  });
  expect(called).toBe(false);
});

it('takes over what a command that was killed left behind', async () => {
  await mkdir(file, { recursive: true });
  const before = new Date(Date.now() - 60_000);
  await utimes(file, before, before);
  expect(await withLock(root, async () => 'in', impatient)).toBe('in');
});

it('waits until a lock that nobody holds counts as abandoned', async () => {
  await mkdir(file, { recursive: true });
  expect(await withLock(root, async () => 'in')).toBe('in');
});

it('begins again when the lock was taken over under it', async () => {
  let calls = 0;
  let finished = 0;
  await withLock(root, async (lock) => {
    calls += 1;
    if (calls === 1) {
      // Another command takes this lock for abandoned, works, and lets go.
      await rmdir(file);
      await withLock(root, async () => {}, impatient);
    }
    await lock.confirm();
    finished += 1;
  });
  expect({ calls, finished }).toEqual({ calls: 2, finished: 1 });
});

it('does not blame the files for what came of a lock that was taken over', async () => {
  let calls = 0;
  await withLock(root, async () => {
    calls += 1;
    if (calls > 1) return;
    await rmdir(file);
    throw new Error('ENOENT: a temporary file is gone');
  });
  expect(calls).toBe(2);
});

it('does not remove the lock of the command that took over', async () => {
  const lost = withLock(
    root,
    async (lock) => {
      await rmdir(file);
      await mkdir(file);
      await lock.confirm();
    },
    impatient,
  );
  await expect(lost).rejects.toMatchObject({ exitCode: 3 });
  expect((await stat(file)).isDirectory()).toBe(true);
});

it('does not bring back a workspace that is gone', async () => {
  await rmdir(root);
  await expect(withLock(root, async () => {})).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(stat(root)).rejects.toMatchObject({ code: 'ENOENT' });
});
