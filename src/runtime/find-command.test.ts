import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findCommand } from './find-command.ts';

it('finds a command as a shell would', () => {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));
  mkdirSync(join(folder, 'bin'));
  const tool = join(folder, 'bin/tool');
  writeFileSync(tool, '#!/bin/sh\n');
  expect(findCommand('tool', folder, join(folder, 'bin')).kind).toBe('not-executable');
  chmodSync(tool, 0o755);
  const found = { kind: 'found', file: tool };
  expect(findCommand('tool', folder, `/nowhere:${join(folder, 'bin')}`)).toEqual(found);
  expect(findCommand('./bin/tool', folder, undefined)).toEqual(found);
  expect(findCommand('tool', folder, '/nowhere').kind).toBe('not-found');
  expect(findCommand('bin', folder, folder).kind).toBe('not-found');
  rmSync(folder, { recursive: true });
});
