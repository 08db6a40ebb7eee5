import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gated, openGate } from './gate.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'a gate '));
});
afterEach(() => rmSync(folder, { recursive: true }));

const script = `require('fs').writeFileSync('seen.json', JSON.stringify([process.argv.slice(1), require('fs').readFileSync(0, 'utf8')]))`;

function start(args: readonly string[]): ChildProcess {
  const command = gated(process.execPath, ['-e', script, ...args]);
  return spawn(command.file, command.args, { cwd: folder, stdio: ['pipe', 'inherit', 'inherit'] });
}

describe('a gate', () => {
  it('holds the program until it is opened, and leaves it no stdin', async () => {
    const child = start(['a b', '$HOME', '*']);
    openGate(child);
    expect(await once(child, 'exit')).toEqual([0, null]);
    const seen = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'));
    expect(seen).toEqual([['a b', '$HOME', '*'], '']);
  });

  it('lets nothing begin when whoever started it is gone', async () => {
    const child = start([]);
    child.stdin?.destroy();
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(existsSync(join(folder, 'seen.json'))).toBe(false);
  });

  it('is no hiding place for a program that is not there', () => {
    expect(() => gated(join(folder, 'nothing'), [])).toThrow('ENOENT');
  });
});
