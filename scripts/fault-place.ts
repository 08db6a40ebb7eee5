import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Lab } from '../src/catalog/types.ts';
import { labFiles } from '../src/cli/lab-files.ts';
import {
  beginRun,
  createWorkspace,
  installLab,
  recordAnswer,
  recordAttempt,
  updateProgress,
  type Workspace,
} from '../src/workspace/index.ts';

/** The folder of one kill, which nothing else on the machine knows of: all processes are told by it. */
export interface TrialPlace {
  folder: string;
  /** Of the learner. */
  workspace: string;
  /** Holds `class`, and `grades` once it is graded. */
  instructor: string;
  environment: Record<string, string>;
  remove(): Promise<void>;
}

const laid: Readonly<Record<number, string>> = {
  1: 'map-with-expiry',
  5: 'adapters-on-ioredis',
  7: 'map-per-user',
  12: 'generations-in-one-file',
};

/** Makes what every kill begins with: a workspace in which something was done, and a class of two, answers right. */
export async function makeModel(folder: string, labs: readonly Lab[]): Promise<void> {
  const workspace = await workspaceWith(join(folder, 'work'), labs, [1, 5, 7, 12], 4711);
  const at = '2026-01-01T00:00:00.000Z';
  await updateProgress(
    workspace,
    (progress) =>
      recordAnswer(
        recordAttempt(progress, 1, {
          exercise: 'C1',
          at,
          seed: 1,
          points: 60,
          possible: 60,
          notJudged: 0,
          passed: true,
          failed: [],
          hash: '0'.repeat(64),
        }),
        1,
        'Q3',
        { given: '7', at, points: 0 },
      ),
    (sentence) => {
      throw new Error(sentence);
    },
  );
  const versions = { courseLabs: '0', node: process.versions.node, platform: process.platform };
  await beginRun(workspace, {
    kind: 'guided',
    lab: 1,
    seed: 4711,
    versions,
    now: () => new Date(at),
  });
  const pupils = { ada: [1, 5], ben: [1, 7] };
  for (const [index, [name, numbers]] of Object.entries(pupils).entries()) {
    await workspaceWith(join(folder, 'instructor', 'class', name), labs, numbers, 100 + index);
  }
}

async function workspaceWith(
  root: string,
  labs: readonly Lab[],
  numbers: readonly number[],
  seed: number,
): Promise<Workspace> {
  const workspace = await createWorkspace({ root, seed });
  for (const lab of labs.filter(({ number }) => numbers.includes(number))) {
    const { folder } = await installLab(workspace, labFiles(lab, workspace));
    const answer = (await lab.solutions()).find(({ name }) => name === laid[lab.number]);
    if (answer === undefined) throw new Error(`lab ${lab.number} has no ${laid[lab.number]}`);
    await cp(answer.folder, folder, { recursive: true });
  }
  return workspace;
}

/** A copy of the model for one kill. */
export async function openPlace(model: string, around: string): Promise<TrialPlace> {
  const folder = await mkdtemp(join(around, 'kill-'));
  await cp(model, folder, { recursive: true, verbatimSymlinks: true });
  for (const name of ['home', 'tmp']) await mkdir(join(folder, name));
  return {
    folder,
    workspace: join(folder, 'work'),
    instructor: join(folder, 'instructor'),
    environment: {
      PATH: process.env.PATH ?? '',
      LANG: 'C.UTF-8',
      HOME: join(folder, 'home'),
      TMPDIR: join(folder, 'tmp'),
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
