import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileCache } from './backends/file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'file-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (ttlSeconds = 60) => createFileCache(join(folder, 'cache'), ttlSeconds);

describe('the file backend', () => {
  it('finds in one cache what another has kept, also one that is opened later', async () => {
    const [one, other] = [await open(), await open()];
    await one.set('a', { n: 1 });
    expect(await other.get('a')).toEqual({ n: 1 });
    expect(await (await open()).get('a')).toEqual({ n: 1 });
    await other.delete(['a', 'never kept']);
    expect(await one.get('a')).toBeUndefined();
  });

  it('keeps falsy values, and any key', async () => {
    const cache = await open();
    const keys = ['', '../../etc/passwd', 'C#', '__proto__', 'ü', 'x'.repeat(5000)];
    for (const [index, key] of keys.entries()) await cache.set(key, index);
    for (const [index, key] of keys.entries()) expect(await cache.get(key)).toBe(index);
    await cache.set('nothing', null);
    expect(await cache.get('nothing')).toBeNull();
    expect(await readdir(folder)).toEqual(['cache']);
  });

  it('lets an entry end with its TTL, from its last writing on', async () => {
    const cache = await open(1);
    await cache.set('a', 'old');
    const writtenAt = Date.now();
    expect(await cache.get('a')).toBe('old');
    while (Date.now() < writtenAt + 1_000) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await cache.get('a')).toBeUndefined();
    await cache.set('a', 'new');
    expect(await cache.get('a')).toBe('new');
  });

  it('removes what is long over when it is opened', async () => {
    const cache = await open();
    await cache.set('a', 1);
    await writeFile(join(folder, 'cache', 'left.draft'), 'half of it');
    const names = await readdir(join(folder, 'cache'));
    const longAgo = new Date(Date.now() - 130_000);
    for (const name of names) await utimes(join(folder, 'cache', name), longAgo, longAgo);
    await cache.set('b', 2);
    const later = await open();
    expect(await readdir(join(folder, 'cache'))).toHaveLength(1);
    expect(await later.get('b')).toBe(2);
  });

  it('leaves no draft behind when it cannot write', async () => {
    const cache = await open();
    await cache.set('a', 1);
    const circular: { self?: object } = {};
    circular.self = circular;
    await expect(cache.set('a', circular)).rejects.toThrow('circular');
    expect(
      (await readdir(join(folder, 'cache'))).filter((name) => !name.endsWith('.json')),
    ).toEqual([]);
    expect(await cache.get('a')).toBe(1);
  });
});

describe('two processes that write one entry at once', () => {
  const writers: ChildProcess[] = [];
  afterEach(() => {
    for (const writer of writers.splice(0)) writer.kill('SIGKILL');
  });

  /** Writes its own letter, 200,000 times, under one key until it is killed; prints a dot for each 20 writes. */
  async function startWriter(letter: string): Promise<ChildProcess> {
    const source = fileURLToPath(new URL('backends/file.ts', import.meta.url));
    const entry = join(folder, `${letter}.ts`);
    await writeFile(
      entry,
      `import { createFileCache } from ${JSON.stringify(source)};
const cache = await createFileCache(${JSON.stringify(join(folder, 'cache'))}, 60);
const value = ${JSON.stringify(letter)}.repeat(200_000);
for (let count = 1; ; count += 1) {
  await cache.set('one', value);
  if (count % 20 === 0) process.stdout.write('.');
}`,
    );
    const outfile = join(folder, `${letter}.mjs`);
    await build({
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      logLevel: 'error',
    });
    const writer = spawn(process.execPath, [outfile], { stdio: ['ignore', 'pipe', 'inherit'] });
    writers.push(writer);
    await new Promise((resolve, reject) => {
      writer.stdout?.once('data', resolve);
      writer.once('exit', (code) => reject(new Error(`the writer ended with ${code}`)));
    });
    return writer;
  }

  it('never show a reader a part of an entry, even when one is killed', async () => {
    const cache = await open();
    const [first] = await Promise.all([startWriter('a'), startWriter('b')]);
    const seen = new Set<string>();
    for (let reads = 0; reads < 300 || seen.size < 2; reads += 1) {
      if (reads >= 200 && seen.size === 2) first.kill('SIGKILL');
      const value = (await cache.get('one')) as string;
      expect(value).toHaveLength(200_000);
      expect(new Set(value).size).toBe(1);
      seen.add(value.slice(0, 1));
      if (reads > 20_000) throw new Error('one writer was never seen');
    }
    expect([...seen].sort()).toEqual(['a', 'b']);
  }, 60_000);
});
