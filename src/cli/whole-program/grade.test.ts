import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SubmissionGrade } from '../../grading/submission-grade.ts';
import { createWorkspace } from '../../workspace/index.ts';
import {
  descendantsOf,
  freshFolder,
  installLab1,
  layOver,
  run,
  serviceAmong,
  start,
  until,
} from './program.testing.ts';

async function workspace(root: string, seed: number, answer?: string): Promise<string> {
  const made = await createWorkspace({ root, seed, learner: root.split('/').at(-1) as string });
  const lab = await installLab1(made);
  if (answer !== undefined) layOver(lab, answer);
  return lab;
}

/** Right, wrong, untouched, broken and hostile ones: as folders and as archives. */
async function makeClass(): Promise<{ folder: string; subs: string }> {
  const folder = freshFolder();
  const subs = join(folder, 'subs');
  mkdirSync(subs);
  const at = (name: string) => join(subs, name);
  await workspace(at('ada'), 1, 'solutions/map-with-expiry');
  const twin = await workspace(at('bob'), 2, 'solutions/map-with-expiry');
  appendFileSync(join(twin, 'server.ts'), '\n// all my own work\n');
  await workspace(at('cleo'), 2, 'mutants/never-expires');
  await workspace(at('dan'), 4);
  writeFileSync(join(await workspace(at('eve'), 5), 'server.ts'), 'const = ;');
  const frank = await workspace(join(folder, 'frank'), 6, 'solutions/in-the-handler');
  symlinkSync('/etc/passwd', join(frank, 'passwd'));
  execFileSync('tar', ['-czf', at('frank.tar.gz'), '-C', folder, 'frank']);
  mkdirSync(at('gone'));
  writeFileSync(at('hal.zip'), 'no archive at all');
  const ida = await workspace(at('ida'), 9, 'solutions/in-the-handler');
  writeFileSync(join(ida, '..', '.course-labs', 'progress.json'), '{"labs":');
  return { folder, subs };
}

const pointsOf = (text: string) =>
  Object.fromEntries(
    (JSON.parse(text).grades as SubmissionGrade[]).map(({ id, status, points }) => [
      id,
      status === 'broken' ? status : points,
    ]),
  );

describe('grade', () => {
  it('gives each its points, tells what is strange, and goes on where it was killed', async () => {
    const { folder } = await makeClass();
    const args = ['grade', 'subs', '--only', '1', '--json'];
    const first = start(args, folder);
    const ledger = join(folder, 'grades', 'grades.jsonl');
    const graded = () => {
      try {
        return readFileSync(ledger, 'utf8').split('\n').length - 1;
      } catch {
        return 0;
      }
    };
    await until('some are graded', () => graded() >= 2, 120_000);
    first.child.kill('SIGKILL');
    await first.ended;
    const kept = graded();
    const second = await run(args, folder);
    expect(second.code, second.stderr).toBe(3);
    expect(pointsOf(second.stdout)).toEqual({
      ada: 60,
      bob: 60,
      // Without expires-after-ttl and use-leaves-ttl-alone.
      cleo: 60 - 8 - 5,
      dan: 0,
      eve: 0,
      frank: 60,
      gone: 'broken',
      hal: 'broken',
      ida: 60,
    });
    const lines = readFileSync(ledger, 'utf8').trim().split('\n');
    // Each that could be graded, once.
    expect(lines).toHaveLength(7);
    expect(kept).toBeGreaterThanOrEqual(2);

    const flags = Object.fromEntries(
      (JSON.parse(second.stdout).grades as SubmissionGrade[]).map((grade) => [
        grade.id,
        grade.flags.map(({ kind }) => kind),
      ]),
    );
    expect(flags.ada).toEqual(expect.arrayContaining(['shipped', 'same-answer']));
    expect(flags.bob).toEqual(expect.arrayContaining(['shipped', 'same-answer', 'same-seed']));
    expect(flags.cleo).toEqual(expect.arrayContaining(['shipped', 'same-seed']));
    expect(flags.dan).toEqual([]);
    expect(flags.frank).toContain('left-out');
    expect(flags.ida).toContain('evidence');

    // Nothing is graded again, and the table is the same.
    const third = await run(['grade', 'subs', '--only', '1', '--plain'], folder);
    expect(third.stdout).toContain('7 grades of an earlier call were kept');
    const csv = readFileSync(join(folder, 'grades', 'grades.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(csv).toHaveLength(10);
    expect(csv[0]).toMatch(
      /^submission,learner,status,points,possible,self_reported_points,seed,1\.C1,1\.Q1/,
    );

    // Grades of other labs are other grades.
    const other = await run(['grade', 'subs', '--only', '2', '--json'], folder);
    expect(other.stderr).not.toContain('fault');
    expect(pointsOf(other.stdout)).toMatchObject({ ada: 0, bob: 0, gone: 'broken' });
  }, 240_000);

  it('says what died under it, keeps no such grade, and the same command makes it again', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'subs'));
    await workspace(join(folder, 'subs', 'ada'), 1, 'solutions/map-with-expiry');
    const args = ['grade', 'subs', '--only', '1'];
    const first = start(args, folder);
    const started = () => descendantsOf(first.child.pid as number);
    // The keeper, the registrar and a server: the grading is under way.
    await until('it grades', () => started().length >= 3 && !!serviceAmong(started(), 'registrar'));
    process.kill(serviceAmong(started(), 'registrar')?.pid as number, 'SIGKILL');
    const ended = await first.ended;
    expect(ended.code).toBe(3);
    expect(ended.stdout).toContain('The registrar');
    const second = await run([...args, '--json'], folder);
    expect(second.code, second.stdout).toBe(0);
    expect(pointsOf(second.stdout)).toEqual({ ada: 60 });
  }, 120_000);

  it.each([
    [['grade', 'nowhere'], 2, 'nowhere'],
    [['grade', '.'], 2, 'no workspaces'],
    [['grade', 'x.txt'], 2, 'neither a folder'],
  ] as const)('refuses %j', async (args, code, words) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'x.txt'), '');
    const ended = await run([...args], folder);
    expect(ended.code).toBe(code);
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain(words);
  });
});
