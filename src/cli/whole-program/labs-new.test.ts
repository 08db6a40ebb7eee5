import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ValidationReport } from '../../authoring/report.ts';
import { followGuide } from './authors-guide.testing.ts';
import { freshFolder, run } from './program.testing.ts';

const name = '13-stale-answers';

async function validate(folder: string) {
  const ended = await run(['labs', 'validate', '13', '--labs', 'labs', '--json'], folder);
  const report = JSON.parse(ended.stdout) as ValidationReport;
  const findings = report.lines.filter(({ ok }) => !ok).map(({ kind, text }) => `${kind}: ${text}`);
  return { code: ended.code, report, findings };
}

describe('labs new', () => {
  it('makes a lab that is sound but for its open exercise, and sound when the guide was followed', async () => {
    const folder = freshFolder();
    const made = await run(['labs', 'new', 'stale-answers'], folder);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain(`labs/${name}`);
    expect(made.stdout).toContain('course-labs --labs labs labs validate 13');
    expect(made.stdout).toContain('docs/authors.md');
    expect(readdirSync(join(folder, 'labs'))).toEqual([name]);
    expect(statSync(join(folder, 'labs', name)).mode & 0o055).toBe(
      statSync(join(folder, 'labs')).mode & 0o055,
    );

    const open = await validate(folder);
    expect(open.findings).toEqual([
      'lab: C2 has no title',
      'lab: C2 serves no objective',
      'lab: C2 must have three hints, none of them empty',
      'lab: the section your-exercise of lesson.md has no text',
      'lab: C2 has no checks: write them in checks.ts',
    ]);
    expect(open.code).toBe(1);
    expect(open.report).toMatchObject({ solutions: 3, mutants: 3, checks: 3 });

    followGuide(join(folder, 'labs', name));
    const filled = await validate(folder);
    expect(filled.findings).toEqual([]);
    expect(filled.code).toBe(0);
    expect(filled.report).toMatchObject({ ok: true, solutions: 3, mutants: 4, checks: 4 });
    const texts = filled.report.lines.map(({ name: of, text }) => `${of}: ${text}`);
    expect(texts).toContain('starter: fails repeat-costs-nothing, absence-is-kept');
    expect(texts).toContain('keeps-good-answers-only: rejected by absence-is-kept');
  }, 600_000);

  it('says in the end of its findings how to go on', async () => {
    const folder = freshFolder();
    await run(['labs', 'new', 'stale-answers'], folder);
    // Without its checks nothing is run, and it is quick.
    writeFileSync(join(folder, 'labs', name, 'checks.ts'), 'export default {};\n');
    const ended = await run(['labs', 'validate', '--labs', 'labs'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('Not sound: 6 findings.');
    expect(ended.stdout).toContain('C1 has no checks: write them in checks.ts');
    expect(ended.stdout).not.toContain('Without a graded exercise');
    expect(ended.stdout).toMatch(/Again: {2}.*course-labs --labs labs labs validate\n$/);
    expect(ended.stdout).toMatch(/guide {2}\S*docs\/authors\.md\n/);
  });

  it('makes a lab whose text that is missing is told by run as well, and as no bug of ours', async () => {
    const folder = freshFolder();
    await run(['labs', 'new', 'stale-answers'], folder);
    const lesson = join(folder, 'labs', name, 'lesson.md');
    writeFileSync(lesson, readFileSync(lesson, 'utf8').replace('## welcome:', '## hello:'));
    const ended = await run(['run', '13', '--yes', '--labs', 'labs'], folder);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/lesson\.md of this lab has no section for the step welcome/);
    expect(ended.stderr).toMatch(/course-labs --labs labs labs validate/);
  });

  it('takes number, title and folder, and gives one document with --json', async () => {
    const folder = freshFolder();
    const args = ['labs', 'new', 'x', '--number', '42', '--title', "Bob's \\ cache", '--json'];
    const ended = await run([...args, '--labs', 'a b/own'], folder);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(ended.stdout)).toMatchObject({
      number: 42,
      slug: 'x',
      title: "Bob's \\ cache",
      folder: join(folder, 'a b/own/42-x'),
      guide: expect.stringMatching(/docs\/authors\.md$/),
    });
    const starter = readFileSync(join(folder, 'a b/own/42-x/starter/server.ts'), 'utf8');
    expect(starter).toContain('course-labs check-answer 42 C1');
    const list = await run(['list', '--labs', 'a b/own'], folder);
    expect(list.stdout).toContain("42   Bob's \\ cache");
    expect(list.stdout).toContain("course-labs --labs 'a b/own' run 1");
  });

  it.each([
    ['a slug that is none', ['Stale Answers'], 2, /cannot name a lab/],
    ['a slug that is a number', ['7'], 2, /cannot name a lab/],
    ['a number of ours', ['x', '--number', '7'], 2, /The number 7 is that of 07-.*--number 13/s],
    ['a number that is none', ['x', '--number', '100'], 2, /whole number from 1 to 99/],
    ['an empty title', ['x', '--title', ' '], 2, /One line of at most 60 characters/],
    ['the name of one of ours', ['backends'], 3, /There is a lab backends already/],
    ['no slug', [], 2, /missing required argument 'slug'/],
  ])('tells of %s in a sentence', async (_, args, code, words) => {
    const folder = freshFolder();
    const ended = await run(['labs', 'new', ...args], folder);
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).not.toMatch(/\n {4}at /);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves alone what is there', async () => {
    const folder = freshFolder();
    const lab = join(folder, 'labs', name);
    mkdirSync(lab, { recursive: true });
    writeFileSync(join(lab, 'notes.txt'), 'mine');
    const again = await run(['labs', 'new', 'stale-answers'], folder);
    expect(again).toMatchObject({ code: 3, stdout: '' });
    expect(again.stderr).toContain('There is a lab stale-answers already');
    expect(readdirSync(lab)).toEqual(['notes.txt']);

    writeFileSync(join(folder, 'file'), '');
    const inFile = await run(['labs', 'new', 'x', '--labs', 'file'], folder);
    expect(inFile.code).toBe(3);
    expect(inFile.stderr).toContain('--labs DIR');
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('');
  });
});
