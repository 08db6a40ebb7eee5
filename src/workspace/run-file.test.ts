import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace } from './create.ts';
import { beginRun, type NewRun, readRun, saveRun } from './run-file.ts';
import { latestCompleteRun, listRuns } from './run-list.ts';
import { temporaryFolder, writeFiles } from './test-support.ts';
import type { StoredRun, Workspace } from './types.ts';

const versions = { courseLabs: '0.1.0', node: '20.20.2', platform: 'linux' };
const now = () => new Date('2026-03-01T09:30:00.000Z');

let workspace: Workspace;
let runs: string;

const begin = (run: Partial<NewRun> = {}) =>
  beginRun(workspace, { kind: 'guided', lab: 1, seed: 7, versions, now, ...run });

const complete = async (run: Partial<NewRun> = {}): Promise<StoredRun> => {
  const done = { ...(await begin(run)), complete: true };
  await saveRun(workspace, done);
  return done;
};

beforeEach(async () => {
  workspace = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
  runs = join(workspace.root, '.course-labs', 'runs');
});

it('begins with an empty record under the next id', async () => {
  expect(await begin()).toEqual({
    id: 1,
    kind: 'guided',
    startedAt: '2026-03-01T09:30:00.000Z',
    complete: false,
    versions,
    record: { id: 1, lab: 1, seed: 7, predictions: {}, benches: {}, experiments: {} },
  });
  expect(await begin()).toMatchObject({ id: 2, record: { id: 2 } });
});

it('counts on after 9, and after a run that was removed', async () => {
  for (let count = 1; count <= 11; count += 1) await begin();
  await rm(join(runs, '4.json'));
  expect((await begin()).id).toBe(12);
});

it('gives every command an id of its own', async () => {
  const begun = await Promise.all(Array.from({ length: 20 }, () => begin()));
  const ids = begun.map(({ id }) => id).sort((one, other) => one - other);
  expect(ids).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

it('gives back what was stored', async () => {
  const run = await begin();
  const experiment = {
    exhibit: {
      kind: 'table' as const,
      columns: ['who', 'answers'],
      rows: [['alice', { value: 512 }]],
    },
    data: { leaks: [1, 2] },
  };
  const stored = {
    ...run,
    complete: true,
    record: {
      ...run.record,
      predictions: { guess: 2000, why: 'b' },
      experiments: { storm: experiment },
    },
  };
  await saveRun(workspace, stored as unknown as StoredRun);
  expect(await readRun(workspace, run.id)).toMatchObject(stored);
  expect(await readdir(runs)).toEqual(['1.json']);
});

it('knows no run of an id that was not given', async () => {
  expect(await readRun(workspace, 1)).toBeUndefined();
  await begin();
  expect(await readRun(workspace, 2)).toBeUndefined();
});

it('leaves an id taken that was never filled, and lists nothing for it', async () => {
  await writeFiles(runs, { '1.json': '' });
  expect((await begin()).id).toBe(2);
  const warnings: string[] = [];
  const listed = await listRuns(workspace, { warn: (sentence) => warnings.push(sentence) });
  expect(listed.map(({ id }) => id)).toEqual([2]);
  expect(warnings).toEqual([]);
  expect(await readRun(workspace, 1)).toBeUndefined();
});

describe('a list of runs', () => {
  it('is empty before the first', async () => {
    expect(await listRuns(workspace)).toEqual([]);
    expect(await latestCompleteRun(workspace, 1)).toBeUndefined();
  });

  it('stands in order of id, of one lab or kind if asked', async () => {
    await begin();
    await begin({ lab: 2 });
    await begin({ lab: 2, kind: 'bench' });
    for (let count = 4; count <= 10; count += 1) await begin({ kind: 'demonstration' });
    const ids = async (filter: { lab?: number; kind?: StoredRun['kind'] }) =>
      (await listRuns(workspace, filter)).map(({ id }) => id);
    expect(await ids({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await ids({ lab: 2 })).toEqual([2, 3]);
    expect(await ids({ kind: 'bench' })).toEqual([3]);
    expect(await ids({ lab: 1, kind: 'guided' })).toEqual([1]);
  });

  it('leaves out damaged and newer ones, says so, and keeps their files', async () => {
    await begin();
    const first = await readFile(join(runs, '1.json'), 'utf8');
    const damaged = {
      '2.json': '{"version": 1,',
      '3.json': first.replace('"guided"', '"guessed"'),
      '4.json': '{"version": 2}',
      '5.json': first,
    };
    await writeFiles(runs, { ...damaged, 'notes.txt': '', '6.json.old': '' });
    const warnings: string[] = [];
    const listed = await listRuns(workspace, { warn: (sentence) => warnings.push(sentence) });
    expect(listed.map(({ id }) => id)).toEqual([1]);
    expect(warnings).toEqual([
      expect.stringContaining('Run 2'),
      expect.stringContaining('Run 3'),
      expect.stringMatching(/Run 4.*newer/),
      expect.stringContaining('Run 5'),
    ]);
    for (const [name, text] of Object.entries(damaged)) {
      expect(await readFile(join(runs, name), 'utf8')).toBe(text);
    }
    await expect(readRun(workspace, 2)).rejects.toMatchObject({ exitCode: 3 });
    await expect(readRun(workspace, 4)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('newer'),
    });
    expect((await begin()).id).toBe(6);
  });
});

it('takes the latest complete guided run for questions', async () => {
  await complete();
  const expected = await complete();
  await begin();
  await complete({ kind: 'demonstration' });
  await complete({ kind: 'bench' });
  await complete({ lab: 2 });
  await writeFiles(runs, { '50.json': 'damaged' });
  const warnings: string[] = [];
  const found = await latestCompleteRun(workspace, 1, (sentence) => warnings.push(sentence));
  expect(found?.id).toBe(expected.id);
  expect(warnings).toEqual([expect.stringContaining('Run 50')]);
});
