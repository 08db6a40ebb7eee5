import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { cpuTimeMs } from './process-group.ts';
import { identify, sameness, statFields } from './process-identity.ts';

it('tells a process from a later one with its number, and from one that is gone', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const noted = identify(child.pid as number);
  expect(noted.startedAt).toBeDefined();
  expect(sameness(noted)).toBe('same');
  expect(sameness({ ...noted, startedAt: 'another time' })).toBe('other');
  expect(sameness({ ...noted, startedAt: undefined })).toBe('unknown');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(sameness(noted)).toBe('gone');
});

it('asks ps where there is no /proc', () => {
  const noted = identify(process.pid, 'darwin');
  expect(noted.startedAt).toMatch(/\d{4}$/);
  expect(sameness(noted, 'darwin')).toBe('same');
  expect(sameness({ ...noted, startedAt: 'Mon Jan  1 00:00:00 1990' }, 'darwin')).toBe('other');
});

it('reads a line of /proc/<pid>/stat whatever the program is called', () => {
  const fields = statFields('42 (a (b) c) S 1 42 42 0');
  expect(fields.slice(0, 5)).toEqual(['42', 'a (b) c', 'S', '1', '42']);
});

it.each([
  ['0:01.50', 1500],
  ['01:02', 62_000],
  ['1:00:00', 3_600_000],
  ['2-00:00:01', 172_801_000],
])('reads the CPU time %s of ps', (text, ms) => {
  expect(cpuTimeMs(text)).toBe(ms);
});
