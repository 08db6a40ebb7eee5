import { describe, expect, it } from 'vitest';
import { permissionFlags } from './permissions.ts';
import { outermost } from './readable-paths.ts';
import { refusedAccessIn } from './refused-access.ts';

describe('the flags of the permission model', () => {
  const allowed = { read: ['/a', '/b c'], write: ['/a/cache'], workers: false };
  const flags = (version: string) => permissionFlags(allowed, version);

  it.each([
    ['20.19.0', '--experimental-permission', false],
    ['22.12.0', '--experimental-permission', false],
    ['22.13.0', '--permission', false],
    ['23.4.0', '--experimental-permission', false],
    ['24.0.0', '--permission', false],
    ['26.10.0', '--permission', true],
  ])('of Node %s', (version, switchedOn, net) => {
    expect(flags(version)[0]).toBe(switchedOn);
    expect(flags(version).includes('--allow-net')).toBe(net);
    expect(flags(version)).toContain('--allow-fs-read=/b c');
    expect(flags(version)).toContain('--allow-fs-write=/a/cache');
  });

  it('allow workers only where they are asked for', () => {
    expect(flags('20.19.0')).not.toContain('--allow-worker');
    expect(permissionFlags({ ...allowed, workers: true }, '20.19.0')).toContain('--allow-worker');
  });

  it('name no path twice, nor one within another', () => {
    expect(outermost(['/a', '/a/b', '/ab', '/a', '/c/d'])).toEqual(['/a', '/ab', '/c/d']);
  });
});

describe('a refused access', () => {
  const none = { cacheDir: false, errorLog: false };

  it('is read from an error on stderr, the last one', () => {
    const lines = [
      "  code: 'ERR_ACCESS_DENIED',",
      "  permission: 'FileSystemRead',",
      "  resource: '/etc/passwd'",
      '}',
      "  code: 'ERR_ACCESS_DENIED',",
      "  permission: 'FileSystemWrite',",
      "  resource: '/home/o\\'neil/x'",
    ];
    expect(refusedAccessIn(lines, { cacheDir: true, errorLog: false })).toBe(
      "The answer tried to write /home/o'neil/x; here it may write only in CACHE_DIR.",
    );
    expect(refusedAccessIn(lines.slice(0, 3), none)).toContain('tried to read /etc/passwd;');
  });

  it('is read from a log record', () => {
    const line =
      '{"level":50,"err":{"code":"ERR_ACCESS_DENIED","permission":"ChildProcess","resource":"ls"}}';
    expect(refusedAccessIn(['{}', line], none)).toBe(
      'The answer tried to start the program ls; here it may start none.',
    );
  });

  it('is none where there was none', () => {
    expect(refusedAccessIn(['all is well'], none)).toBeUndefined();
  });
});
