import { execFileSync } from 'node:child_process';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { baseEnvironment, bin, freshFolder } from './program.testing.ts';

// How long a start takes is measured by `npm run measure`. This is what it comes from, and no machine is too slow for it.
const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

/** A built file and those that Node reads before it runs it. */
function readWith(file: string, read = new Set<string>()): ReadonlySet<string> {
  if (read.has(file)) return read;
  read.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, path = ''] of text.matchAll(/(?:from|import)"(\.[^"]+)"/g)) {
    readWith(join(dirname(file), path), read);
  }
  return read;
}

it('reads few files of ours for a short command', () => {
  const cli = join(dist, 'cli.js');
  const [, list = ''] =
    /import\("(\.\/chunks\/list-[^"]+)"\)/.exec(readFileSync(cli, 'utf8')) ?? [];
  expect(list).not.toBe('');
  const atStart = readWith(cli);
  expect(atStart.size).toBeLessThanOrEqual(3);
  const forList = [...readWith(join(dist, list))].filter((file) => !atStart.has(file));
  expect(forList.length).toBeLessThanOrEqual(3);
});

it('takes in nothing of Node that a short command has no use for', () => {
  const folder = freshFolder();
  const teller = join(folder, 'teller.cjs');
  const told = join(folder, 'told');
  writeFileSync(
    teller,
    `process.on('exit', () =>
      require('node:fs').writeFileSync(${JSON.stringify(told)}, process.moduleLoadList.join('\\n')));`,
  );
  // Into a file: a pipe or a terminal takes in sockets by itself.
  const output = openSync(join(folder, 'output'), 'w');
  execFileSync(process.execPath, ['-r', teller, bin, 'list'], {
    cwd: folder,
    env: baseEnvironment(),
    stdio: ['ignore', output, output],
  });
  const loaded = readFileSync(told, 'utf8').split('\n');
  expect(loaded).toContain('NativeModule fs/promises');
  const idle = ['child_process', 'net', 'tty', 'readline', 'crypto', 'worker_threads'];
  expect(loaded).not.toEqual(
    expect.arrayContaining([expect.stringMatching(`^NativeModule (${idle.join('|')})$`)]),
  );
});
