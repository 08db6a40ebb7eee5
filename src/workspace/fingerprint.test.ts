import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { temporaryFolder, writeFiles } from './test-support.ts';

let folder: string;
let before: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFiles(folder, { 'server.ts': 'one', 'cache/keys.ts': 'two', 'data.json': '{}' });
  before = await fingerprint(folder);
});

it('is the same for the same files, wherever they stand', async () => {
  const copy = join(await temporaryFolder(), 'copy');
  await cp(folder, copy, { recursive: true });
  expect(before).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprint(copy)).toBe(before);
});

it.each([
  ['a file is changed', { 'server.ts': 'One' }],
  ['a file below is changed', { 'cache/keys.ts': 'too' }],
  ['JavaScript is added', { 'more.mjs': '' }],
  ['an empty file is added', { 'empty.js': '' }],
  ['text moves from one file to the next', { 'cache/keys.ts': 'twoo', 'server.ts': 'ne' }],
])('differs when %s', async (_, change) => {
  await writeFiles(folder, change);
  expect(await fingerprint(folder)).not.toBe(before);
});

it('tells a name from a content', async () => {
  const [one, other] = [await temporaryFolder(), await temporaryFolder()];
  await writeFiles(one, { 'a.js': 'b.js', 'b.js': '' });
  await writeFiles(other, { 'a.js': '', 'b.js': 'b.js' });
  expect(await fingerprint(one)).not.toBe(await fingerprint(other));
});

it('does not count notes, hidden files and what was installed', async () => {
  await writeFiles(folder, {
    'README.md': 'read',
    'notes.txt': '',
    '.cache/a.js': '',
    'node_modules/a/index.js': '',
  });
  expect(await fingerprint(folder)).toBe(before);
});
