import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  descendantsOf,
  type Running,
  run,
  start,
  stillRunning,
  until,
  workspaceWithLab1,
} from './program.testing.ts';
import { saveAnswer, saveByMovingAway, saveByRename, serverOf } from './watch.testing.ts';

const documents = ({ stdout }: Pick<Running, 'stdout'>) =>
  stdout()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('watch, without a terminal', () => {
  it('prints a document for each grading, on a line, and ends after so many with the last exit code', async () => {
    const { folder, lab } = await workspaceWithLab1();
    saveByRename(lab, 'const broken = ;\n');
    const watching = start(['watch', '1', '--json', '--times', '2', '--seed', '8841'], folder);
    await until('the first document', () => documents(watching).length === 1);
    saveByMovingAway(lab, serverOf('solutions/in-the-handler'));
    const ended = await watching.ended;
    expect(ended.code, ended.stderr).toBe(0);
    const [first, second] = documents(watching);
    expect(first).toMatchObject({ grading: 1, points: 0, changes: { C1: null } });
    expect(first.code[0].startFailure.message).toMatch(/^server\.ts:1:16: /);
    expect(second).toMatchObject({ grading: 2, points: 60, lab: { number: 1 } });
    expect(second.code[0].seed).toBe(8841);
    expect(second.hash).not.toBe(first.hash);
    expect(second.savedAt > first.savedAt).toBe(true);
    const progress = await run(['progress', '--json'], folder);
    expect(JSON.parse(progress.stdout).labs[0]).toMatchObject({ attempts: 2, points: 60 });
  }, 120_000);

  it('compares the first grading with the attempt that was kept before', async () => {
    const { folder, lab } = await workspaceWithLab1();
    saveAnswer(lab, 'mutants/hit-loses-content-type');
    expect((await run(['check-answer', '1', 'C1'], folder)).code).toBe(1);
    saveAnswer(lab, 'solutions/in-the-handler');
    const ended = await run(['watch', '1', '--times', '1'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(
      /Since the attempt before: \d+ points more\.\n passes now: hit-is-json\n/,
    );
  }, 120_000);

  it('waits for a file that is gone, and grades it when it is back with something new in it', async () => {
    const { folder, lab } = await workspaceWithLab1();
    const file = join(lab, 'server.ts');
    saveByRename(lab, 'const broken = ;\n');
    const watching = start(['watch', '1'], folder);
    await until('the first grade', () => watching.stdout().includes('server.ts:1:16: '));
    renameSync(file, `${file}~`);
    await until('it is missed', () => /There is no server\.ts in/.test(watching.stderr()));
    renameSync(`${file}~`, file);
    await until('it is back', () => watching.stderr().includes('Your files are back.'));
    rmSync(file);
    saveByRename(lab, 'let broken = ;\n');
    await until('the second grade', () => watching.stdout().includes('server.ts:1:14: '));
    expect(watching.stderr().match(/Grading your files/g)).toHaveLength(2);
    watching.child.kill('SIGTERM');
    expect((await watching.ended).code).toBe(130);
  }, 60_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 130 at %s in mid-grading, and leaves no process',
    async (signal) => {
      const { folder } = await workspaceWithLab1();
      const watching = start(['watch', '1'], folder);
      const pid = watching.child.pid as number;
      await until('it grades', () => descendantsOf(pid).length >= 3);
      const processes = descendantsOf(pid);
      watching.child.kill(signal);
      const ended = await watching.ended;
      expect(ended.code).toBe(130);
      expect(ended.stderr).toMatch(/Nothing was graded\. Go on: (npx )?course-labs watch 1/);
      await until('nothing is left', () => stillRunning(processes).length === 0);
    },
    60_000,
  );

  it.each([
    ['a question', ['watch', '1', 'Q1'], /Q1 is a question[\s\S]*check-answer 1 Q1/, 2],
    ['no such exercise', ['watch', '1', 'Q9'], /no exercise "Q9"/, 2],
    ['no gradings at all', ['watch', '1', '--times', '0'], /--times.*whole number from 1/s, 2],
    ['a lab that was not begun', ['watch', '2'], /no files of lab 2 yet/, 3],
  ])('tells in words what is wrong with %s', async (_, args, words, code) => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(args, folder);
    expect(ended.stderr).toMatch(words);
    expect(ended.stdout).toBe('');
    expect(ended.code).toBe(code);
  });
});
