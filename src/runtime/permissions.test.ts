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

  it('close node:sqlite where Node has it', () => {
    const closed = '--no-experimental-sqlite';
    for (const version of ['20.20.2', '22.4.1']) expect(flags(version)).not.toContain(closed);
    for (const version of ['22.5.0', '22.23.3', '26.10.0'])
      expect(flags(version)).toContain(closed);
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

  it.each([
    [
      [
        'Error [ERR_ACCESS_DENIED]: fs.symlink API requires full fs.read and fs.write permissions.',
        '    at open (node:fs:1)',
        "  code: 'ERR_ACCESS_DENIED',",
        "  permission: '',",
        "  resource: ''",
      ],
      'The answer tried to use fs.symlink, which is closed to it here.',
    ],
    [
      ["  code: 'ERR_DLOPEN_DISABLED'"],
      'The answer tried to load a native add-on; here it may load none.',
    ],
    [
      ['Error [ERR_UNKNOWN_BUILTIN_MODULE]: No such built-in module: node:sqlite'],
      'The answer tried to use node:sqlite, which is closed to it here.',
    ],
    [
      ["  code: 'ERR_ACCESS_DENIED',", "  permission: 'Signal',", "  resource: '4711'"],
      'The answer tried to signal process 4711; here it may signal only itself.',
    ],
    [
      ['{"code":"ERR_ACCESS_DENIED","permission":"Signal","resource":"-4711"}'],
      'The answer tried to signal a group of processes; here it may signal only itself.',
    ],
    [
      ['{"err":{"message":"process.binding","code":"ERR_ACCESS_DENIED","permission":""}}'],
      'The answer tried to use process.binding, which is closed to it here.',
    ],
  ])('names what is closed as a whole: %s', (lines, sentence) => {
    expect(refusedAccessIn(['a line', ...lines], none)).toBe(sentence);
  });

  it('is none where there was none', () => {
    expect(refusedAccessIn(['all is well'], none)).toBeUndefined();
  });
});
