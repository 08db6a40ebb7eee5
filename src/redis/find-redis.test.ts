import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findRedis } from './find-redis.ts';

const folder = mkdtempSync(join(tmpdir(), 'find-redis-'));
afterAll(() => rmSync(folder, { recursive: true }));

function program(path: string, mode = 0o755): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, mode);
  return file;
}

test('REDIS_URL comes first, then redis-server anywhere on PATH, then valkey-server', () => {
  const valkey = program('one/valkey-server');
  const redis = program('two/redis-server');
  const PATH = `${folder}/none:${folder}/one:${folder}/two`;
  const url = 'redis://elsewhere';
  expect(findRedis({ REDIS_URL: url, PATH })).toEqual({ kind: 'url', url });
  expect(findRedis({ REDIS_URL: '', PATH })).toEqual({ kind: 'program', path: redis });
  expect(findRedis({ PATH: `${folder}/one` })).toEqual({ kind: 'program', path: valkey });
});

test('what is no program is none, and no PATH holds nothing', () => {
  program('three/redis-server', 0o644);
  mkdirSync(join(folder, 'four/redis-server'), { recursive: true });
  const missing = { kind: 'missing' };
  expect(findRedis({ PATH: `${folder}/three:${folder}/four` })).toEqual(missing);
  expect(findRedis({ PATH: '' })).toEqual(missing);
  expect(findRedis({})).toEqual(missing);
});
