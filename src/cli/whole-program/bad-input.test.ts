import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder, run, workspaceWithLab1 } from './program.testing.ts';

describe('bad input', () => {
  it.each([
    ['an unknown command', ['frob'], /unknown command 'frob'/],
    ['an unknown option', ['list', '--frob'], /unknown option '--frob'/],
    ['a lab that is not there', ['run', '99'], /There is no lab "99".*did you mean/s],
    ['a misspelt lab', ['bench', 'meazure-a-miss'], /did you mean 1, Measure a miss/],
    [
      'letters for a number',
      ['bench', '1', '--rounds', 'many'],
      /--rounds.*whole number from 3 to 50/s,
    ],
    ['too few rounds', ['bench', '1', '--rounds', '2'], /--rounds.*whole number from 3 to 50/s],
    ['a negative duration', ['bench', '1', '--duration', '-1'], /--duration/],
    ['a seed of 0', ['check-answer', '1', '--seed', '0'], /--seed.*whole number from 1/s],
    ['an answer without a name', ['check-answer', '1', '--answer', '0.98'], /name=answer/],
    ['a missing argument', ['bench'], /missing required argument 'lab'/],
  ])('%s is told in words, with exit 2', async (_, args, words) => {
    const ended = await run(args, freshFolder());
    expect(ended.stderr).toMatch(words);
    expect(ended.stderr).not.toMatch(/\n {4}at /);
    expect(ended.stdout).toBe('');
    expect(ended.code).toBe(2);
  });

  it('says how to make a workspace where there is none', async () => {
    const ended = await run(['check-answer', '1'], freshFolder());
    expect(ended.stderr).toMatch(/no workspace here or above/);
    expect(ended.stderr).toMatch(/course-labs start/);
    expect(ended.code).toBe(3);
  });

  it('names the exercises where there is no such one', async () => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(['check-answer', '1', 'Q9'], folder);
    expect(ended.stderr).toMatch(/Lab 1 has no exercise "Q9"[\s\S]*Q1, Q2, Q3, Q4, C1/);
    expect(ended.code).toBe(2);
  });

  it('names the checks where there is no such one', async () => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(['serve', '1', '--mine', '--check', 'nonsense'], folder);
    expect(ended.stderr).toMatch(/Lab 1 has no check "nonsense"/);
    expect(ended.code).toBe(2);
  });

  it('asks for a run first where a question needs one', async () => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(['check-answer', '1', 'Q1', '0.98'], folder);
    expect(ended.stderr).toMatch(/course-labs run 1 first/);
    expect(ended.code).toBe(3);
  });
});

describe('a workspace that cannot be used', () => {
  it('is left as it is when its file is damaged', async () => {
    const { folder, root } = await workspaceWithLab1();
    writeFileSync(join(root, 'course-labs.json'), '{"version": 1, "se');
    const ended = await run(['progress'], folder);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/course-labs\.json/);
    expect(readFileSync(join(root, 'course-labs.json'), 'utf8')).toBe('{"version": 1, "se');
  });

  it('is left as it is when a newer version made it', async () => {
    const { folder, root } = await workspaceWithLab1();
    const file = join(root, 'course-labs.json');
    const newer = JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: 99 });
    writeFileSync(file, newer);
    const ended = await run(['check-answer', '1'], folder);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/newer/);
    expect(readFileSync(file, 'utf8')).toBe(newer);
  });

  it('keeps a damaged progress file beside the new one and says so', async () => {
    const { folder, root } = await workspaceWithLab1();
    mkdirSync(join(root, '.course-labs'), { recursive: true });
    writeFileSync(join(root, '.course-labs', 'progress.json'), 'not JSON');
    const ended = await run(['progress'], folder);
    expect(ended.code).toBe(0);
    expect(ended.stderr).toMatch(/progress\.damaged-.*\.json/);
  });

  it('is told when it cannot be written', async () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'course-labs-work'), 'a file stands here');
    const ended = await run(['start', '--yes'], folder);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/course-labs-work/);
    expect(ended.stderr).not.toMatch(/\n {4}at /);
  });
});
