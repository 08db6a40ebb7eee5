import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Redis } from 'ioredis';
import { createRuntime, type Runtime } from '../runtime/index.ts';
import type { RedisAddress } from './address.ts';
import { findRedis } from './find-redis.ts';
import { type OpenRedis, openRedis } from './open-redis.ts';
import { startPrivateServer } from './start-private.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A real runtime with a folder, to start real servers in. */
export interface TestGround {
  runtime: Runtime;
  folder: string;
  /** Started privately, or given by its address. */
  open(url?: string): Promise<OpenRedis>;
  /** Why a given one cannot be used. */
  refusal(url: string): Promise<string>;
  /** A redis-server that stands for somebody's own. */
  somebodys(): Promise<Somebodys>;
  /** As a learner's server would: ioredis with its defaults, but for what is given. */
  client(url: string, options?: object): Redis;
  close(): Promise<void>;
}

export interface Somebodys {
  url: string;
  address: RedisAddress;
  /** Database 0. */
  client: Redis;
}

export async function openTestGround(): Promise<TestGround> {
  const folder = mkdtempSync(join(tmpdir(), 'course-labs-redis-'));
  const distFolder = join(root, 'node_modules/.cache', basename(folder));
  await build({
    entryPoints: { keeper: join(root, 'src/runtime/keeper-process.ts') },
    outdir: distFolder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  });
  const runtime = createRuntime({ distFolder, recordFolder: join(folder, 'record') });
  const clients: Redis[] = [];
  const opened: OpenRedis[] = [];
  const file = programHere();
  let count = 0;
  const next = () => {
    count += 1;
    return join(folder, `redis-${count}`);
  };
  const opening = (url?: string) =>
    openRedis({
      place: url === undefined ? { kind: 'program', path: file } : { kind: 'url', url },
      ground: runtime,
      folder: next(),
      clock: { nowMs: () => performance.now() },
    });
  const client = (url: string, options = {}) => {
    const made = new Redis(url, { maxRetriesPerRequest: 1, ...options });
    made.on('error', () => {});
    clients.push(made);
    return made;
  };
  return {
    runtime,
    folder,
    client,
    async open(url) {
      const result = await opening(url);
      if (result.kind === 'unusable') throw new Error(result.reason);
      opened.push(result.redis);
      return result.redis;
    },
    async refusal(url) {
      const result = await opening(url);
      if (result.kind === 'unusable') return result.reason;
      opened.push(result.redis);
      throw new Error('it was opened');
    },
    async somebodys() {
      const { address, connection } = await startPrivateServer({
        file,
        folder: next(),
        ground: runtime,
      });
      connection.close();
      const url = `redis://127.0.0.1:${address.port}`;
      return { url, address, client: client(url) };
    },
    async close() {
      for (const each of clients) each.disconnect();
      for (const each of opened) await each.close();
      await runtime.close();
      rmSync(folder, { recursive: true, force: true });
      rmSync(distFolder, { recursive: true, force: true });
    },
  };
}

/** These tests are about a real server: without one they fail, and say why. */
function programHere(): string {
  const place = findRedis({ PATH: process.env.PATH });
  if (place.kind === 'program') return place.path;
  throw new Error('These tests need redis-server or valkey-server on PATH.');
}
