import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshFolder, run, start, until } from './program.testing.ts';

const tiny = fileURLToPath(new URL('../../../fixtures/course/01-tiny-cache', import.meta.url));
const lab = '20-tiny-cache';

/** A folder with the tiny lab as one of an author's own, and a workspace beside it. */
let folder: string;
/** The learner's file. */
let file: string;
const own = ['--labs', 'mine'];

beforeAll(async () => {
  folder = freshFolder();
  cpSync(tiny, join(folder, 'mine', lab), { recursive: true });
  const shown = await run(['run', '20', '--yes', ...own], folder);
  expect(shown.stderr).not.toMatch(/bug/);
  expect(shown).toMatchObject({ code: 0 });
  expect((await run(['reset', '20', '--yes', ...own], folder)).code).toBe(0);
  file = join(folder, 'course-labs-work', lab, 'server.ts');
}, 120_000);

const layOver = (answer: string) =>
  cpSync(join(folder, 'mine', lab, answer, 'server.ts'), file, { force: true });

describe("a lab of one's own", () => {
  it('is listed beside ours, and its commands name its folder', async () => {
    const list = await run(['list', '--json', ...own], folder);
    const { labs } = JSON.parse(list.stdout) as { labs: { number: number }[] };
    expect(labs.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20]);
  });

  it('is found before and after the word of the command, and by COURSE_LABS_LABS', async () => {
    for (const args of [
      ['--labs', 'mine', 'hint', '20', 'C1'],
      ['hint', '20', 'C1', '--labs', 'mine'],
      ['hint', '20', 'C1', '--labs=mine'],
    ]) {
      const ended = await run(args, folder);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain('course-labs --labs mine ');
    }
    const ended = await run(['hint', '20', 'C1'], folder, { COURSE_LABS_LABS: 'mine' });
    expect(ended.code).toBe(0);
    expect(ended.stdout).not.toContain('--labs');
    expect((await run(['hint', '20', 'C1'], folder)).code).toBe(2);
  });

  it('is graded: a wrong answer by its check, a right one fully; the next command works', async () => {
    layOver('mutants/one-key');
    const wrong = await run(['check-answer', '20', 'C1', ...own], folder);
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('✖ subjects-do-not-mix');
    const back = /course-labs (--labs mine serve 20 .*--check subjects-do-not-mix)/.exec(
      wrong.stdout,
    );
    expect(back).not.toBeNull();
    layOver('solutions/plain-map');
    const right = await run(['check-answer', '20', 'C1', ...own], folder);
    expect(right).toMatchObject({ code: 0 });

    const serving = start((back?.[1] ?? '').split(' '), folder);
    await until('it serves', () => /http:\/\/127\.0\.0\.1:\d+/.test(serving.stdout()));
    serving.child.kill('SIGINT');
    expect((await serving.ended).code).toBe(130);
  }, 120_000);

  it('is measured', async () => {
    const args = ['bench', '20', '--mine', '--rounds', '3', '--duration', '1', '--json', ...own];
    const ended = await run(args, folder);
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ lab: 20, kind: 'figures', server: 'mine' });
    const results = await run(['results', '20', ...own], folder);
    expect(results.code).toBe(0);
  }, 60_000);

  it('has its place in progress, report, solution and grade', async () => {
    const progress = await run(['progress', '--json', ...own], folder);
    expect(progress.stdout).toContain('A tiny cache');
    const solution = await run(['solution', '20', ...own], folder);
    expect(solution).toMatchObject({ code: 0 });
    expect(solution.stdout).toContain('plain-map');
    const report = await run(['report', '--json', ...own], folder);
    expect(report.stdout).toContain('A tiny cache');
    const args = ['grade', 'course-labs-work', '--only', '20', '--output', 'grades', ...own];
    const graded = await run(args, folder);
    expect(graded).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'grades', 'grades.csv'), 'utf8')).toContain('60');
  }, 120_000);

  it('does not stop what has nothing to do with it where it is left out', async () => {
    expect((await run(['progress'], folder)).code).toBe(0);
    expect((await run(['report'], folder)).code).toBe(0);
    expect((await run(['results'], folder)).code).toBe(0);
  });
});

describe('a folder of labs that cannot be used', () => {
  it('is told by start before a workspace is made', async () => {
    const place = freshFolder();
    const ended = await run(['start', '--yes', '--labs', 'nowhere'], place);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(readdirSync(place)).toEqual([]);
  });

  it.each(['list', 'progress', 'labs validate', 'run 20'])('is told by %s', async (command) => {
    const ended = await run([...command.split(' '), '--labs', 'nowhere'], folder);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/The folder of labs \S*nowhere does not exist/);
  });

  it.each(['list', 'run 20', 'labs validate', 'check-answer 1'])(
    'with a number of ours is told by %s',
    async (command) => {
      const place = freshFolder();
      cpSync(tiny, join(place, 'labs', '07-mine'), { recursive: true });
      const args = ['--labs', join(place, 'labs'), '--workspace', join(folder, 'course-labs-work')];
      const ended = await run(
        [...command.split(' '), ...args.slice(0, command.startsWith('labs') ? 2 : 4)],
        folder,
      );
      expect(ended).toMatchObject({ code: 3, stdout: '' });
      expect(ended.stderr).toMatch(
        /Your lab 07-mine has the number of the lab 07-two-users-one-cache/,
      );
      expect(ended.stderr).toMatch(/for instance to 13-mine/);
    },
  );

  it('without a lab in it is told by validate', async () => {
    const place = freshFolder();
    mkdirSync(join(place, 'labs', 'not-a-lab'), { recursive: true });
    const ended = await run(['labs', 'validate', '--labs', 'labs'], place);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/There is no lab in .*\n.*labs new/);
    const other = await run(['labs', 'validate', '1', '--labs', join(folder, 'mine')], place);
    expect(other.code).toBe(2);
  });

  it('with a lab that cannot be read names its file and line', async () => {
    const place = freshFolder();
    const broken = join(place, 'labs', '30-broken');
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, 'lab.ts'), 'export default {\n  title: ;\n};\n');
    const ended = await run(['list', '--labs', 'labs'], place);
    expect(ended).toMatchObject({ code: 3, stdout: '' });
    expect(ended.stderr).toMatch(/The lab 30-broken cannot be loaded: lab\.ts:/);
  });
});
