import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, seePage } from './browser.testing.ts';
import { freshFolder, run, workspaceWithLab1 } from './program.testing.ts';

let folder: string;

beforeAll(async () => {
  ({ folder } = await workspaceWithLab1());
  for (const _ of [1, 2]) {
    const ended = await run(['bench', '1', '--rounds', '3', '--duration', '1'], folder);
    expect(ended.code, ended.stderr).toBe(0);
  }
}, 120_000);

describe('results', () => {
  it('puts runs that are named beside each other', async () => {
    const ended = await run(['results', '--compare', '1', '2'], folder);
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/run 1\s+run 2/);
    expect(ended.stdout).toContain('took turns');
  });

  it('names the runs that there are', async () => {
    const ended = await run(['results', '--compare', '1', '9'], folder);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('1, 2');
  });

  it('gives a line of CSV for each variant of each run', async () => {
    const { stdout } = await run(['results', '1', '--format', 'csv'], folder);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(1 + 2 * 2);
    expect(lines.every((line) => line.split(',').length === lines[0]?.split(',').length)).toBe(
      true,
    );
  });

  it('refuses a format that it does not have', async () => {
    expect((await run(['results', '--format', 'pdf'], folder)).code).toBe(2);
  });

  describe.skipIf(!hasBrowser)('as a page', () => {
    it.each([
      [400, 'light'],
      [400, 'dark'],
      [1400, 'light'],
      [1400, 'dark'],
    ] as const)(
      'can be read %d pixels wide, %s',
      async (width, scheme) => {
        const { stdout } = await run(['results', '--format', 'html'], folder);
        const file = join(freshFolder(), 'results.html');
        writeFileSync(file, stdout);
        const seen = await seePage(
          file,
          width,
          scheme,
          process.env.COURSE_LABS_PICTURES &&
            join(process.env.COURSE_LABS_PICTURES, `results-${width}-${scheme}.png`),
        );
        expect(seen.complaints).toEqual([]);
        // One over both runs, and three for each.
        expect(seen.charts).toBe(7);
        expect(seen.overflows).toBe(false);
        const dark = scheme === 'dark';
        expect(seen.colours.paper).toBe(dark ? 'rgb(21, 24, 29)' : 'rgb(255, 255, 255)');
      },
      60_000,
    );
  });
});
