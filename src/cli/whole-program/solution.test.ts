import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layOver, run, workspaceWithLab1 } from './program.testing.ts';

const progressOf = (root: string) =>
  readFileSync(join(root, '.course-labs', 'progress.json'), 'utf8');

describe('solution 1', () => {
  it('stays closed before an answer has passed, and says what to do', async () => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(['solution', '1'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toMatch(/have\s+not\s+graded/);
    expect(ended.stdout).toContain('solution 1 --give-up');
    expect(ended.stdout).not.toContain('right because');
  });

  it('opens when it is given up, keeps that, and stays open', async () => {
    const { folder, root, lab } = await workspaceWithLab1();
    layOver(lab, 'solutions/map-with-expiry');
    const ended = await run(['solution', '1', '--give-up', '--plain'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toContain('given up');
    // The learner's file is that very answer: it is the nearest, and nothing differs.
    expect(ended.stdout).toContain('map-with-expiry - the nearest to yours');
    expect(ended.stdout).toContain('server.ts: the same');
    const kept = progressOf(root);
    expect(kept).toContain('givenUpAt');
    const again = await run(['solution', '1', 'in-the-handler', '--plain'], folder);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^\| - /m);
    expect(again.stdout).toMatch(/^\| \+ /m);
    expect(progressOf(root)).toBe(kept);
  });

  it('knows its answers by name', async () => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(['solution', '1', 'nothing-like-it'], folder);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('map-with-expiry');
  });

  it('gives the same as one document', async () => {
    const { folder } = await workspaceWithLab1();
    const closed = await run(['solution', '1', '--json'], folder);
    expect(JSON.parse(closed.stdout)).toMatchObject({ opened: 'no', attempts: 0 });
    const open = await run(['solution', '1', '--give-up', '--json'], folder);
    const { opened, solutions } = JSON.parse(open.stdout);
    expect(opened).toBe('given-up');
    expect(solutions.length).toBeGreaterThanOrEqual(3);
  });
});
