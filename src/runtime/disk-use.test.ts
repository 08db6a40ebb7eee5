import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOnDisk } from './disk-use.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'disk-use-'));
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  writeFileSync(join(folder, 'a/b/large'), Buffer.alloc(10_000));
  writeFileSync(join(folder, 'a/small'), 'x');
  // A link takes its own room, not that of what it leads to.
  symlinkSync(join(folder, 'a'), join(folder, 'link'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what is on the disk', () => {
  it('counts folders and small files as a block each, links as themselves', async () => {
    expect(await bytesOnDisk(folder, Number.POSITIVE_INFINITY)).toBe(3 * 4096 + 10_000 + 2 * 4096);
    expect(await bytesOnDisk(join(folder, 'a/b/large'), 1e9)).toBe(10_000);
  });

  it('is counted no further than it must be', async () => {
    expect(await bytesOnDisk(folder, 5000)).toBeLessThan(3 * 4096 + 10_000 + 2 * 4096);
    expect(await bytesOnDisk(folder, 5000)).toBeGreaterThan(5000);
  });

  it('is nothing where nothing is', async () => {
    expect(await bytesOnDisk(join(folder, 'gone'), 1e9)).toBe(0);
  });
});
