import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** How Redis can be had here. */
export type RedisPlace =
  | { kind: 'url'; url: string }
  | { kind: 'program'; path: string }
  | { kind: 'missing' };

/** Looks where the labs look, in the same order: REDIS_URL, then a server on PATH. */
export async function findRedis(
  env: Readonly<Record<string, string | undefined>>,
): Promise<RedisPlace> {
  if (env.REDIS_URL) return { kind: 'url', url: env.REDIS_URL };
  for (const name of ['redis-server', 'valkey-server']) {
    for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
      const path = join(folder, name);
      if (await isExecutable(path)) return { kind: 'program', path };
    }
  }
  return { kind: 'missing' };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
