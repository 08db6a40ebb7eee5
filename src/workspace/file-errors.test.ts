import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createWorkspace } from './create.ts';
import { withFileErrors } from './file-errors.ts';
import { installLab, resetLab } from './lab-folder.ts';
import { recordHint } from './progress.ts';
import { readProgress, updateProgress } from './progress-file.ts';
import { beginRun } from './run-file.ts';
import { buildProgram, labOf, start, temporaryFolder } from './test-support.ts';
import type { Progress } from './types.ts';

// The one place where a full disk is played: every file of ours is written through writeFile.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return { ...real, writeFile: vi.fn(real.writeFile) };
});

const systemError = (code: string) => Object.assign(new Error(`${code}: refused`), { code });
const hint = (progress: Progress) => recordHint(progress, 1, 'C1');

it.each([
  ['ENOSPC', 'The disk is full', 'Free some space'],
  ['EDQUOT', 'The disk is full', 'Free some space'],
  ['EFBIG', 'limits the size', 'ulimit -f'],
  ['EACCES', 'no right', '--workspace'],
  ['EPERM', 'no right', '--workspace'],
  ['EROFS', 'read-only', '--workspace'],
  ['ENOTDIR', 'a file where a folder is needed', '--workspace'],
  ['EEXIST', 'a file where a folder is needed', '--workspace'],
  ['EISDIR', 'a file where a folder is needed', '--workspace'],
  ['ENOENT', 'not there', 'course-labs start'],
  ['EMFILE', 'too many files', 'ulimit -n'],
  ['ENAMETOOLONG', 'too long', '--workspace'],
  ['EIO', 'disk reports an error', 'another disk'],
])('explains %s with the place and a next step', async (code, message, nextStep) => {
  const cause = systemError(code);
  const told = withFileErrors('/home/ada/work', () => Promise.reject(cause));
  await expect(told).rejects.toMatchObject({ name: 'CourseError', exitCode: 3, cause });
  await expect(told).rejects.toMatchObject({
    message: expect.stringContaining('/home/ada/work'),
    nextStep: expect.stringContaining(nextStep),
  });
  await expect(told).rejects.toThrow(message);
});

it('passes on what is no matter of the file system', async () => {
  const bug = new TypeError('undefined is not a function');
  await expect(withFileErrors('/x', () => Promise.reject(bug))).rejects.toBe(bug);
});

describe('a full disk', () => {
  it('leaves progress, runs and the folder as they were', async () => {
    const workspace = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
    const before = await updateProgress(workspace, hint);
    vi.mocked(writeFile).mockRejectedValueOnce(systemError('ENOSPC'));
    await expect(updateProgress(workspace, hint)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('progress.json'),
    });
    expect(await readProgress(workspace)).toMatchObject({ lastLab: before.lastLab });
    expect(await readdir(join(workspace.root, '.course-labs'))).toEqual(['progress.json']);

    vi.mocked(writeFile).mockRejectedValueOnce(systemError('ENOSPC'));
    const versions = { courseLabs: '0.1.0', node: '20.20.2', platform: 'linux' };
    const run = { kind: 'bench' as const, lab: 1, seed: 1, versions, now: () => new Date(0) };
    await expect(beginRun(workspace, run)).rejects.toMatchObject({ exitCode: 3 });
    expect(await beginRun(workspace, run)).toMatchObject({ id: 1 });
  });

  it('leaves the answer where it is when the lab cannot be reset', async () => {
    const workspace = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
    const lab = await labOf({ 'server.ts': 'starter' });
    const { folder } = await installLab(workspace, lab);
    await writeFile(join(folder, 'server.ts'), 'mine');
    vi.mocked(writeFile).mockRejectedValueOnce(systemError('ENOSPC'));
    const reset = resetLab(workspace, lab, () => new Date(0));
    await expect(reset).rejects.toMatchObject({ exitCode: 3 });
    expect(await readFile(join(folder, 'server.ts'), 'utf8')).toBe('mine');
    expect(await readdir(join(workspace.root, '.course-labs'))).toEqual([]);
  });

  it('cuts a write short, and the old file stays whole', { timeout: 60_000 }, async () => {
    const workspace = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
    await updateProgress(workspace, hint);
    const file = join(workspace.root, '.course-labs', 'progress.json');
    const before = await readFile(file, 'utf8');
    const program = await buildProgram(
      'large',
      `import { recordAnswer, updateProgress } from './index.ts';
       // A full disk sends no signal.
       process.on('SIGXFSZ', () => {});
       const answer = { given: 'x'.repeat(100_000), at: '', points: 1 };
       await updateProgress({ root: process.argv[2] }, (all) => recordAnswer(all, 1, 'Q1', answer))
         .catch((error) => console.log(error.exitCode, error.cause?.code));`,
    );
    // The limit on a file's size does what a full disk does: it takes the first part of a write, without an error.
    const limited = 'ulimit -f 16; exec "$@"';
    const args = ['-c', limited, 'sh', process.execPath, program, workspace.root];
    const { ended } = start('sh', args);
    expect(await ended).toMatchObject({ code: 0, lines: ['3 EFBIG'] });
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await readdir(join(workspace.root, '.course-labs'))).toEqual(['progress.json']);
  });
});

describe('a folder that cannot be written', () => {
  it('is refused where a file is a part of its path', async () => {
    const folder = await temporaryFolder();
    const root = join(folder, 'notes.txt', 'work');
    await writeFile(join(folder, 'notes.txt'), '');
    await expect(createWorkspace({ root, seed: 1 })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(root),
    });
    await expect(readProgress({ root })).rejects.toMatchObject({ exitCode: 3 });
    await expect(updateProgress({ root }, hint)).rejects.toMatchObject({ exitCode: 3 });
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('');
  });

  it('can be read, and says on writing that the right is missing', async () => {
    const { root } = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
    await updateProgress({ root }, hint);
    const program = await buildProgram(
      'forbidden',
      `import { createWorkspace, readProgress, updateProgress } from './index.ts';
       const [root] = process.argv.slice(2);
       const told = (error) => console.log(error.exitCode, error.cause?.code);
       console.log((await readProgress({ root })).lastLab);
       await updateProgress({ root }, (progress) => progress).catch(told);
       await createWorkspace({ root: root + '/inner', seed: 1 }).catch(told);`,
    );
    // No permission stops root, so that the program runs as nobody where the tests run as root.
    const asRoot = process.getuid?.() === 0;
    await chmod(root, 0o555);
    await chmod(join(root, '.course-labs'), 0o555);
    const { ended } = start(process.execPath, [program, root], asRoot ? { uid: 65534 } : {});
    const result = await ended;
    await chmod(root, 0o755);
    await chmod(join(root, '.course-labs'), 0o755);
    expect(result).toMatchObject({ code: 0, lines: ['1', '3 EACCES', '3 EACCES'] });
  });
});
