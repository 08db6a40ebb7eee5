import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileLimited } from './file-limit.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file limit '));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = async (script: string, environment: Record<string, string>, limitBytes: number) => {
  const command = { file: process.execPath, args: ['-e', script], environment };
  const { file, args } = fileLimited(command, limitBytes);
  return promisify(execFile)(file, args, { cwd: folder, env: { LEAK: 'x' } }).catch(
    (error) => error,
  );
};

it('keeps every file that a program writes below the limit', async () => {
  const script = `for (let n = 0; n < 100; n += 1) require('fs').appendFileSync('big', Buffer.alloc(65536))`;
  const failed = await run(script, {}, 1024 * 1024);
  expect(failed.stderr).toContain('EFBIG');
  expect(statSync(join(folder, 'big')).size).toBe(1024 * 1024);
  await run(script, {}, 100 * 1024 * 1024);
  expect(statSync(join(folder, 'big')).size).toBe(1024 * 1024 + 100 * 65536);
});

it('hands on exactly the environment that it is given, and awkward arguments', async () => {
  const script = `require('fs').writeFileSync('env.json', JSON.stringify([process.env, process.argv.slice(1)]))`;
  const environment = { HOME: "/home/o'neil $x", EMPTY: '' };
  const { file, args } = fileLimited(
    { file: process.execPath, args: ['-e', script, 'a b', '$HOME', '*'], environment },
    1024 * 1024,
  );
  await promisify(execFile)(file, args, { cwd: folder, env: { LEAK: 'x' } });
  expect(JSON.parse(readFileSync(join(folder, 'env.json'), 'utf8'))).toEqual([
    environment,
    ['a b', '$HOME', '*'],
  ]);
});
