import { join } from 'node:path';
import type { Clock } from '../kit/index.ts';
import { findRedis, type OpenRedis, openRedis } from '../redis/index.ts';
import type { Runtime } from '../runtime/types.ts';
import { type NotJudged, redisIsMissing } from './not-judged.ts';

/** The Redis of a stage, which is started when it is first needed. */
export interface StageRedis {
  /** This machine has one, or was given one; nothing is started to know that. */
  readonly exists: boolean;
  /** Starts it the first time. Throws `NotJudged` where there is none that can be used, CourseError for our own fault. */
  open(): Promise<OpenRedis>;
  /** REDIS_URL for servers; starts it as `open` does. */
  url(): Promise<string>;
  /** Undefined as long as nobody needed it. */
  opened(): OpenRedis | undefined;
  /** Nothing, as long as nobody needed it. */
  reset(): Promise<void>;
  trouble(): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface StageRedisOptions {
  runtime: Runtime;
  clock: Clock;
  /** The stage's own. */
  folder: string;
  /** Servers reach it past the proxy that sees what they send. */
  direct: boolean;
}

export function createStageRedis(given: StageRedisOptions): StageRedis {
  const { runtime, clock, folder, direct } = given;
  const place = findRedis(runtime.environment);
  let opening: Promise<OpenRedis> | undefined;
  let redis: OpenRedis | undefined;

  const start = async (): Promise<OpenRedis> => {
    if (place.kind === 'missing') throw redisIsMissing;
    const options = { place, ground: runtime, clock, folder: join(folder, 'redis') };
    const opened = await openRedis(options);
    if (opened.kind === 'open') return opened.redis;
    throw { kind: 'not-judged', reason: opened.reason } satisfies NotJudged;
  };
  const open = async () => {
    opening ??= start();
    redis = await opening;
    return redis;
  };
  return {
    exists: place.kind !== 'missing',
    open,
    url: async () => {
      const { url, directUrl } = await open();
      return direct ? directUrl() : url;
    },
    opened: () => redis,
    reset: async () => redis?.reset(),
    trouble: async () => redis?.trouble(),
    close: async () => {
      // One that is just starting is waited for.
      await opening?.catch(() => {});
      await redis?.close();
    },
  };
}
