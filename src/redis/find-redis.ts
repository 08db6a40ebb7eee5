import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How Redis can be had here. */
export type RedisPlace =
  | { kind: 'url'; url: string }
  | { kind: 'program'; path: string }
  | { kind: 'missing' };

/** Servers that speak as Redis does, the first that is found being taken. */
const programs = ['redis-server', 'valkey-server'];

/** Looks for Redis: REDIS_URL, then a server on PATH. Starts nothing and asks nobody. */
export function findRedis(env: Readonly<Record<string, string | undefined>>): RedisPlace {
  if (env.REDIS_URL) return { kind: 'url', url: env.REDIS_URL };
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const path = programs
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutableFile);
  return path === undefined ? { kind: 'missing' } : { kind: 'program', path };
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
