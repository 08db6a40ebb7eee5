import { randomInt } from 'node:crypto';
import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createWorkspace } from './create.ts';
import { labProgress } from './progress.ts';
import { readProgress, updateProgress } from './progress-file.ts';
import { listRuns } from './run-list.ts';
import { buildProgram, start, temporaryFolder } from './test-support.ts';
import type { Workspace } from './types.ts';

const writer = `
  import { beginRun, recordAttempt, updateProgress } from './index.ts';
  const [root, name, count, runs] = process.argv.slice(2);
  const at = '2026-03-01T09:30:00.000Z';
  const rest = { points: 1, possible: 2, notJudged: 0, passed: false, failed: [], hash: 'ab' };
  const versions = { courseLabs: '0.1.0', node: process.version, platform: process.platform };
  for (let seed = 1; seed <= Number(count); seed += 1) {
    const attempt = { exercise: name, at, seed, ...rest };
    await updateProgress({ root }, (progress) => recordAttempt(progress, 1, attempt));
    if (seed <= Number(runs)) {
      const run = { kind: 'bench', lab: 1, seed, versions, now: () => new Date(at) };
      await beginRun({ root }, run);
    }
    console.log(name + ' ' + seed);
  }`;

const recorded = async (workspace: Workspace) =>
  labProgress(await readProgress(workspace), 1).attempts.map(
    ({ exercise, seed }) => `${exercise} ${seed}`,
  );

it('loses nothing that four commands store at once', { timeout: 120_000 }, async () => {
  const workspace = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
  const program = await buildProgram('writer', writer);
  const names = ['a', 'b', 'c', 'd'];
  const ends = await Promise.all(
    names.map((name) => start(process.execPath, [program, workspace.root, name, '20', '5']).ended),
  );
  for (const end of ends) expect(end).toMatchObject({ code: 0, stderr: '' });
  const reported = ends.flatMap(({ lines }) => lines);
  expect(reported).toHaveLength(80);
  expect((await recorded(workspace)).sort()).toEqual([...reported].sort());

  const warnings: string[] = [];
  const runs = await listRuns(workspace, { warn: (sentence) => warnings.push(sentence) });
  expect(warnings).toEqual([]);
  expect(runs.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

it('keeps all that was stored when commands are killed while they write', {
  timeout: 180_000,
}, async () => {
  const workspace = await createWorkspace({ root: await temporaryFolder(), seed: 1 });
  const state = join(workspace.root, '.course-labs');
  const program = await buildProgram('killed', writer);
  const reported: string[] = [];
  let locksLeft = 0;

  for (let kill = 1; kill <= 30; kill += 1) {
    const linesBeforeKill = randomInt(1, 4);
    let seen = 0;
    const name = `kill-${kill}`;
    const { child, ended } = start(process.execPath, [program, workspace.root, name, '9999', '2'], {
      onLine: () => {
        seen += 1;
        // A moment anywhere within a write, which takes some milliseconds.
        if (seen === linesBeforeKill)
          void pause(randomInt(0, 12)).then(() => child.kill('SIGKILL'));
      },
    });
    const { lines } = await ended;
    reported.push(...lines);

    const attempts = await recorded(workspace);
    expect(attempts).toEqual(expect.arrayContaining(reported));
    // Each command may have stored one more than it came to report.
    expect(attempts.length).toBeLessThanOrEqual(reported.length + kill);

    const names = await readdir(state);
    expect(names.filter((one) => one.includes('damaged'))).toEqual([]);
    if (names.includes('lock')) {
      locksLeft += 1;
      // Time goes by: the next command finds the lock abandoned, and need not wait for that here.
      const before = new Date(Date.now() - 60_000);
      await utimes(join(state, 'lock'), before, before);
    }
  }

  // Otherwise no command was killed while it wrote, and this test would show nothing.
  expect(locksLeft).toBeGreaterThan(0);
  await updateProgress(workspace, (progress) => progress);
  expect((await readdir(state)).sort()).toEqual(['progress.json', 'runs']);
  const warnings: string[] = [];
  await listRuns(workspace, { warn: (sentence) => warnings.push(sentence) });
  expect(warnings).toEqual([]);
});
