import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { createWorkspace } from './create.ts';
import { installLab, resetLab } from './lab-folder.ts';
import { labOf, temporaryFolder, writeFiles } from './test-support.ts';
import type { LabFiles, Workspace } from './types.ts';

const now = () => new Date('2026-03-01T09:30:00.125Z');

let workspace: Workspace;
let lab: LabFiles;
let folder: string;

const read = (name: string) => readFile(join(folder, name), 'utf8');

beforeEach(async () => {
  workspace = await createWorkspace({ root: join(await temporaryFolder(), 'work'), seed: 1 });
  lab = await labOf({ 'server.ts': 'starter', 'lib/db.ts': 'given' });
  folder = join(workspace.root, '02-keys-and-ttl');
});

it('gives the starter and a README.md once', async () => {
  expect(await installLab(workspace, lab)).toEqual({ folder, created: true });
  expect(await read('server.ts')).toBe('starter');
  expect(await read('lib/db.ts')).toBe('given');
  expect(await read('README.md')).toBe('# Keys and TTL\n');
  expect(await readdir(join(workspace.root, '.course-labs'))).toEqual([]);
});

it('never changes a folder that is there, nor brings back what was taken away', async () => {
  await installLab(workspace, lab);
  await writeFiles(folder, { 'server.js': 'mine' });
  await rm(join(folder, 'server.ts'));
  expect(await installLab(workspace, lab)).toEqual({ folder, created: false });
  expect((await readdir(folder)).sort()).toEqual(['README.md', 'lib', 'server.js']);
});

it('lays evidence beside the starter, and brings back what is missing of it', async () => {
  const evidence = () => [
    { path: 'evidence/app-a.log', text: '{"level":30}\n' },
    { path: 'evidence/deploys.log', text: 'deployed' },
  ];
  const withEvidence = { ...lab, evidence };
  await installLab(workspace, withEvidence);
  expect(await read('evidence/app-a.log')).toBe('{"level":30}\n');
  await writeFiles(folder, { 'evidence/app-a.log': 'worked with' });
  await rm(join(folder, 'evidence', 'deploys.log'));
  await installLab(workspace, withEvidence);
  expect(await read('evidence/app-a.log')).toBe('worked with');
  expect(await read('evidence/deploys.log')).toBe('deployed');
  const { kept } = await resetLab(workspace, withEvidence, now);
  expect(await read('evidence/app-a.log')).toBe('{"level":30}\n');
  expect(await readFile(join(kept as string, 'evidence', 'app-a.log'), 'utf8')).toBe('worked with');
});

it('counts an empty folder as none', async () => {
  await mkdir(folder);
  expect(await installLab(workspace, lab)).toMatchObject({ created: true });
  expect(await read('server.ts')).toBe('starter');
});

it('installs once when several commands do it at once, after one that was killed', async () => {
  await writeFiles(join(workspace.root, '.course-labs', 'fresh'), { half: '' });
  const results = await Promise.all([1, 2, 3, 4].map(() => installLab(workspace, lab)));
  expect(results.filter(({ created }) => created)).toHaveLength(1);
  expect((await readdir(folder)).sort()).toEqual(['README.md', 'lib', 'server.ts']);
});

it('gives files that can be written where the installed ones cannot', async () => {
  await chmod(join(lab.starter, 'server.ts'), 0o444);
  await installLab(workspace, lab);
  expect((await stat(join(folder, 'server.ts'))).mode & 0o200).toBe(0o200);
});

it('says that a file stands in the way', async () => {
  await writeFile(folder, '');
  await expect(installLab(workspace, lab)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(folder),
  });
});

it('puts the starter back and keeps what differs from it', async () => {
  await installLab(workspace, lab);
  await writeFiles(folder, { 'server.ts': 'mine', 'lib/keys.ts': 'new' });
  await rm(join(folder, 'lib', 'db.ts'));
  const { kept } = await resetLab(workspace, lab, now);
  expect(kept).toBe(
    join(workspace.root, '.course-labs/kept/02-keys-and-ttl/2026-03-01T09-30-00.125Z'),
  );
  const names = await readdir(kept ?? '', { recursive: true });
  expect(names.sort()).toEqual(['lib', 'lib/keys.ts', 'server.ts']);
  expect(await readFile(join(kept ?? '', 'server.ts'), 'utf8')).toBe('mine');
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    'README.md',
    'lib',
    'lib/db.ts',
    'server.ts',
  ]);
  expect(await read('server.ts')).toBe('starter');
});

it('keeps nothing of a folder that is as it was given', async () => {
  await installLab(workspace, lab);
  expect(await resetLab(workspace, lab, now)).toEqual({ kept: undefined });
  expect(await readdir(join(workspace.root, '.course-labs'))).toEqual([]);
});

it('installs a lab that was never opened', async () => {
  expect(await resetLab(workspace, lab, now)).toEqual({ kept: undefined });
  expect(await read('server.ts')).toBe('starter');
});

it('keeps both when two resets come at the same moment', async () => {
  const kept = [];
  for (const text of ['first', 'second']) {
    await writeFiles(folder, { 'server.ts': text });
    kept.push((await resetLab(workspace, lab, now)).kept ?? '');
  }
  const texts = await Promise.all(kept.map((one) => readFile(join(one, 'server.ts'), 'utf8')));
  expect(texts).toEqual(['first', 'second']);
});

it('touches nothing when the starter cannot be read', async () => {
  await installLab(workspace, lab);
  await writeFiles(folder, { 'server.ts': 'mine' });
  await rm(lab.starter, { recursive: true });
  await expect(resetLab(workspace, lab, now)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(lab.starter),
  });
  expect(await read('server.ts')).toBe('mine');
  expect(await readdir(join(workspace.root, '.course-labs'))).toEqual([]);
});

it('leaves what a learner installed in the folder where it is', async () => {
  await installLab(workspace, lab);
  await writeFiles(folder, { 'node_modules/left-pad/index.js': '' });
  await resetLab(workspace, lab, now);
  expect(await read('node_modules/left-pad/index.js')).toBe('');
});
