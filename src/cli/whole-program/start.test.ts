import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshFolder, run } from './program.testing.ts';

describe('start --yes, in an empty folder', () => {
  it('makes the workspace and shows the first lab, with its tables and what to do next', async () => {
    const folder = freshFolder();
    const startedAt = performance.now();
    const ended = await run(['start', '--yes'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(60_000);
    expect(ended.stdout).toMatch(/cache off\s+cache on/);
    expect(ended.stdout).toMatch(/60 of 60 points/);
    expect(ended.stdout).toMatch(/course-labs run 1/);
    const root = join(folder, 'course-labs-work');
    expect(readdirSync(root)).toEqual(
      expect.arrayContaining(['01-measure-a-miss', 'course-labs.json', 'package.json']),
    );
    // A demonstration leaves the learner's record alone.
    const progress = await run(['progress', '--json'], folder);
    expect(JSON.parse(progress.stdout)).toMatchObject({ points: 0 });
    expect(readdirSync(join(root, '.course-labs', 'build'))).toEqual([]);
  }, 90_000);
});
