import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programName } from './program-name.ts';

const npx = { npm_command: 'exec' };

/** As npx lays it out: what it was told to get, and the package below. */
function installedByNpx(spec: string) {
  const folder = mkdtempSync(join(tmpdir(), 'course-labs-test-'));
  const place = join(folder, '_npx', '257f4113d5afc796');
  const packageRoot = join(place, 'node_modules', 'course-labs');
  mkdirSync(packageRoot, { recursive: true });
  writeFileSync(
    join(place, 'package.json'),
    JSON.stringify({ dependencies: { 'course-labs': spec } }),
  );
  const cwd = join(folder, 'here');
  mkdirSync(cwd);
  return { folder, packageRoot, cwd };
}

describe('the name of the program', () => {
  it('is its own where it is installed, and goes through npx elsewhere', () => {
    const { folder, packageRoot, cwd } = installedByNpx('^1.0.0');
    expect(programName({ env: { PATH: folder }, cwd, packageRoot })).toBe('npx course-labs');
    writeFileSync(join(folder, 'course-labs'), '');
    expect(programName({ env: { PATH: folder }, cwd, packageRoot })).toBe('course-labs');
    expect(programName({ env: npx, cwd, packageRoot })).toBe('npx course-labs');
  });

  it('is that of the archive where npx was given one', () => {
    const { folder, packageRoot, cwd } = installedByNpx('file:../../here/course-labs-1.0.0.tgz');
    const from = (place: string) => programName({ env: npx, cwd: place, packageRoot });
    expect(from(cwd)).toBe('npx --yes ./course-labs-1.0.0.tgz');
    expect(from(join(folder, 'there'))).toBe('npx --yes ../here/course-labs-1.0.0.tgz');
    expect(from(folder)).toBe('npx --yes ./here/course-labs-1.0.0.tgz');
  });

  it('is quoted where a shell would take it apart', () => {
    const { packageRoot, cwd } = installedByNpx('file:../../my course/course-labs-1.0.0.tgz');
    expect(programName({ env: npx, cwd, packageRoot })).toBe(
      "npx --yes '../my course/course-labs-1.0.0.tgz'",
    );
  });

  it('is the short one inside of a workspace, where npx finds it', () => {
    const { packageRoot, cwd } = installedByNpx('file:../../here/course-labs-1.0.0.tgz');
    mkdirSync(join(cwd, 'work', 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(cwd, 'work', 'node_modules', '.bin', 'course-labs'), '');
    const inside = join(cwd, 'work', '01-lab');
    expect(programName({ env: npx, cwd: inside, packageRoot })).toBe('npx course-labs');
    expect(programName({ env: npx, cwd, packageRoot })).toBe('npx --yes ./course-labs-1.0.0.tgz');
  });
});
