import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasBrowser, seePage } from './browser.testing.ts';
import { layOver, run, workspaceWithLab1 } from './program.testing.ts';

describe('report', () => {
  it('agrees with a right answer, and finds a file that was exchanged and a record that was edited', async () => {
    const { folder, root, lab } = await workspaceWithLab1();
    layOver(lab, 'solutions/map-with-expiry');
    expect((await run(['check-answer', '1', 'C1'], folder)).code).toBe(0);
    const honest = await run(['report', '--verify', '--json'], folder);
    expect(honest.code, honest.stdout + honest.stderr).toBe(0);
    const { points, labs, findings } = JSON.parse(honest.stdout);
    expect(points).toBe(60);
    expect(findings).toEqual([]);
    expect(labs[0].code[0]).toMatchObject({
      asGraded: true,
      verified: { points: 60, passed: true },
    });

    layOver(lab, 'mutants/never-expires');
    const exchanged = await run(['report', '--verify', '--plain'], folder);
    expect(exchanged.code).toBe(1);
    expect(exchanged.stdout).toContain('files have changed');
    expect(exchanged.stdout).toMatch(/record says 60 points/);

    const file = join(root, '.course-labs', 'progress.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"points": 60', '"points": 99'));
    const edited = await run(['report', '--plain'], folder);
    expect(edited.code).toBe(0);
    expect(edited.stdout).toMatch(/record\s+is\s+impossible/);
  }, 120_000);

  it('says what cannot be written', async () => {
    const { folder } = await workspaceWithLab1();
    const ended = await run(
      ['report', '--output', 'course-labs-work/course-labs.json/report.json'],
      folder,
    );
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain('a file where a folder is needed');
  });

  it.skipIf(!hasBrowser)(
    'can be read in a browser, narrow and wide, light and dark',
    async () => {
      const { folder } = await workspaceWithLab1();
      expect((await run(['bench', '1', '--rounds', '3', '--duration', '1'], folder)).code).toBe(0);
      const output = ['--format', 'html', '--output', 'report.html'];
      expect((await run(['report', ...output], folder)).code).toBe(0);
      for (const width of [400, 1400]) {
        for (const scheme of ['light', 'dark'] as const) {
          const seen = await seePage(join(folder, 'report.html'), width, scheme);
          expect(seen).toMatchObject({ complaints: [], charts: 3, overflows: false });
        }
      }
    },
    120_000,
  );
});
