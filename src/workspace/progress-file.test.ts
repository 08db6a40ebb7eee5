import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { createWorkspace } from './create.ts';
import { emptyProgress, labProgress, recordHint } from './progress.ts';
import { readProgress, updateProgress } from './progress-file.ts';
import { temporaryFolder, writeFiles } from './test-support.ts';
import type { Workspace } from './types.ts';

let workspace: Workspace;
let state: string;

const hint = (progress: typeof emptyProgress) => recordHint(progress, 1, 'C1');
const read = (name: string) => readFile(join(state, name), 'utf8');

beforeEach(async () => {
  workspace = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
  state = join(workspace.root, '.course-labs');
});

it('is empty before anything was stored, and reading stores nothing', async () => {
  expect(await readProgress(workspace)).toEqual(emptyProgress);
  expect(await readdir(state)).toEqual([]);
});

it('gives back what was stored, and leaves neither lock nor temporary files', async () => {
  const stored = await updateProgress(workspace, hint);
  expect(await readProgress(workspace)).toEqual({ version: 1, ...stored });
  expect(JSON.parse(await read('progress.json'))).toMatchObject({ version: 1, lastLab: 1 });
  expect(await readdir(state)).toEqual(['progress.json']);
});

it('stores nothing when the change fails', async () => {
  await updateProgress(workspace, hint);
  const before = await read('progress.json');
  const failing = updateProgress(workspace, () => {
    throw new Error('on the way');
  });
  await expect(failing).rejects.toThrow('on the way');
  expect(await read('progress.json')).toBe(before);
  expect(await readdir(state)).toEqual(['progress.json']);
});

it('loses none of many changes that are made at once', async () => {
  const exercises = Array.from({ length: 40 }, (_, index) => `C${index}`);
  await Promise.all(
    exercises.map((exercise) =>
      updateProgress(workspace, (progress) => recordHint(progress, 1, exercise)),
    ),
  );
  const { hints } = labProgress(await readProgress(workspace), 1);
  expect(hints).toEqual(Object.fromEntries(exercises.map((exercise) => [exercise, 1])));
});

it('keeps keys that it does not know', async () => {
  const lab = { finished: true, answers: {}, hints: {}, attempts: [], mood: 'good' };
  const file = { version: 1, labs: { 2: lab }, theme: 'dark' };
  await writeFiles(state, { 'progress.json': JSON.stringify(file) });
  await updateProgress(workspace, hint);
  expect(JSON.parse(await read('progress.json'))).toMatchObject(file);
});

const damaged = '{"version": 1, "labs": {"1": {"finished": tr';

it('keeps a file that cannot be read, says so, and starts anew', async () => {
  await writeFiles(state, { 'progress.json': damaged });
  const written = new Date('2026-03-01T09:30:00.125Z');
  await utimes(join(state, 'progress.json'), written, written);
  const warnings: string[] = [];
  const warn = (sentence: string) => void warnings.push(sentence);

  expect(await readProgress(workspace, warn)).toEqual(emptyProgress);
  const kept = 'progress.damaged-2026-03-01T09-30-00.125Z.json';
  expect(warnings).toEqual([expect.stringContaining(join('.course-labs', kept))]);
  expect(await readdir(state)).toEqual([kept]);
  expect(await read(kept)).toBe(damaged);

  // Said once: the file is out of the way.
  expect(await readProgress(workspace, warn)).toEqual(emptyProgress);
  expect(warnings).toHaveLength(1);
});

it('keeps each of several damaged files', async () => {
  const written = new Date('2026-03-01T09:30:00.125Z');
  for (const text of ['first', 'second', 'third']) {
    await writeFiles(state, { 'progress.json': text });
    await utimes(join(state, 'progress.json'), written, written);
    await updateProgress(workspace, hint, () => {});
  }
  const names = (await readdir(state)).filter((name) => name.includes('damaged'));
  const texts = await Promise.all(names.map(read));
  expect(texts.sort()).toEqual(['first', 'second', 'third']);
});

it.each([
  ['no version', { labs: {} }],
  ['a lab of another shape', { version: 1, labs: { 1: [] } }],
  [
    'points in words',
    {
      version: 1,
      labs: {
        1: {
          finished: false,
          answers: { Q1: { given: 'b', at: '', points: 'ten' } },
          hints: {},
          attempts: [],
        },
      },
    },
  ],
])('takes a file with %s for damaged', async (_, json) => {
  const text = JSON.stringify(json);
  await writeFiles(state, { 'progress.json': text });
  const warnings: string[] = [];
  await updateProgress(workspace, hint, (sentence) => void warnings.push(sentence));
  expect(warnings).toHaveLength(1);
  const kept = (await readdir(state)).find((name) => name.startsWith('progress.damaged-'));
  expect(await read(kept ?? '')).toBe(text);
});

it('stops, once the file is kept, where nobody listens to warnings', async () => {
  await writeFiles(state, { 'progress.json': damaged });
  await expect(readProgress(workspace)).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('progress.damaged-'),
  });
  expect(await readProgress(workspace)).toEqual(emptyProgress);
});

it('moves a damaged file away once, though many read it at once', async () => {
  await writeFiles(state, { 'progress.json': damaged });
  const warnings: string[] = [];
  const warn = (sentence: string) => void warnings.push(sentence);
  await Promise.all([
    readProgress(workspace, warn),
    updateProgress(workspace, hint, warn),
    readProgress(workspace, warn),
    updateProgress(workspace, hint, warn),
  ]);
  expect(warnings).toHaveLength(1);
  expect(labProgress(await readProgress(workspace), 1).hints).toEqual({ C1: 2 });
});

it('neither reads nor changes progress of a newer version', async () => {
  const newer = '{"version": 2, "labs": []}';
  await writeFiles(state, { 'progress.json': newer });
  const refusal = { exitCode: 3, message: expect.stringContaining('newer') };
  await expect(readProgress(workspace)).rejects.toMatchObject(refusal);
  await expect(updateProgress(workspace, hint)).rejects.toMatchObject(refusal);
  expect(await read('progress.json')).toBe(newer);
  expect(await readdir(state)).toEqual(['progress.json']);
});
