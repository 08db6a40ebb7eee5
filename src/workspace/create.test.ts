import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createWorkspace } from './create.ts';
import { openWorkspace } from './open.ts';
import { temporaryFolder, writeFiles } from './test-support.ts';

const couldNotRun = { name: 'CourseError', exitCode: 3 };

it('makes a folder that git, an editor and Node understand', async () => {
  const root = join(await temporaryFolder(), 'course-labs-work');
  const workspace = await createWorkspace({ root, seed: 42, learner: 'ada' });
  expect(workspace).toEqual({ root, seed: 42, learner: 'ada' });
  expect((await readdir(root)).sort()).toEqual([
    '.course-labs',
    '.gitignore',
    'course-labs.json',
    'package.json',
    'tsconfig.json',
  ]);
  expect(JSON.parse(await readFile(join(root, 'course-labs.json'), 'utf8'))).toEqual({
    version: 1,
    seed: 42,
    learner: 'ada',
  });
  const packageJson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(packageJson).toMatchObject({ private: true, type: 'module' });
  expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe(
    'node_modules\n.course-labs/build\n.course-labs/fresh\n.course-labs/logs\n.course-labs/processes\n',
  );
});

it('completes a workspace, and keeps its seed, its learner and the files that are there', async () => {
  const root = await temporaryFolder();
  const first = await createWorkspace({ root, seed: 1 });
  await writeFiles(root, { 'tsconfig.json': '{ "mine": true }', '01-a/server.ts': '' });
  expect(await createWorkspace({ root, seed: 2, learner: 'bob' })).toEqual(first);
  expect(await readFile(join(root, 'tsconfig.json'), 'utf8')).toBe('{ "mine": true }');
});

it('gives one seed to commands that make the same workspace at once', async () => {
  const root = join(await temporaryFolder(), 'new');
  const seeds = [1, 2, 3, 4, 5, 6];
  const made = await Promise.all(seeds.map((seed) => createWorkspace({ root, seed })));
  expect(new Set(made.map(({ seed }) => seed)).size).toBe(1);
});

it('moves into a fresh repository', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, { '.git/HEAD': '', 'README.md': 'ours', '.gitignore': 'theirs' });
  await createWorkspace({ root, seed: 1 });
  expect(await readFile(join(root, '.gitignore'), 'utf8')).toBe('theirs');
});

it('does not move into a folder that holds something else', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, { 'thesis.tex': '' });
  await expect(createWorkspace({ root, seed: 1 })).rejects.toMatchObject({
    ...couldNotRun,
    message: expect.stringContaining('thesis.tex'),
    nextStep: expect.stringContaining(join(root, 'course-labs-work')),
  });
  expect(await readdir(root)).toEqual(['thesis.tex']);
});

it('says that there is no workspace', async () => {
  const root = await temporaryFolder();
  await expect(openWorkspace(root)).rejects.toMatchObject({
    ...couldNotRun,
    nextStep: expect.stringContaining('course-labs start'),
  });
});

it.each([
  ['cut short', '{"version": 1, "se', 'JSON'],
  ['empty', '', 'JSON'],
  ['a list', '[]', 'version'],
  ['without a version', '{"seed": 4}', 'version'],
  ['of a version that never was', '{"version": 0, "seed": 4}', 'version'],
  ['without a seed', '{"version": 1}', 'seed'],
  ['with a seed in words', '{"version": 1, "seed": "four"}', 'seed'],
])('leaves a course-labs.json that is %s as it is, and says so', async (_, text, reason) => {
  const root = await temporaryFolder();
  await writeFiles(root, { 'course-labs.json': text });
  const told = { ...couldNotRun, message: expect.stringContaining(reason) };
  await expect(openWorkspace(root)).rejects.toMatchObject(told);
  await expect(createWorkspace({ root, seed: 9 })).rejects.toMatchObject(told);
  expect(await readFile(join(root, 'course-labs.json'), 'utf8')).toBe(text);
});

it('does not touch a workspace of a newer version', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, { 'course-labs.json': '{"version": 2, "seed": {"high": 1, "low": 2}}' });
  await expect(openWorkspace(root)).rejects.toMatchObject({
    ...couldNotRun,
    message: expect.stringContaining('newer'),
    nextStep: expect.stringContaining('course-labs@latest'),
  });
});

it('reads a file that an editor saved with a byte order mark and more keys', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, { 'course-labs.json': '\uFEFF{"version": 1, "seed": 4, "group": "b"}' });
  expect(await openWorkspace(root)).toEqual({ root, seed: 4, learner: undefined });
});
