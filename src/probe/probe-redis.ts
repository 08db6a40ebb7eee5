import type { Redis } from '../kit/index.ts';
import type { StageRedis } from './stage-redis.ts';

/** The stage's Redis as a check sees it: any call starts it, but for `commands`, since none were sent before. */
export function createProbeRedis(stageRedis: StageRedis, signal: AbortSignal | undefined): Redis {
  const open = () => {
    // What an abandoned check still does must not reach the Redis of the next one.
    signal?.throwIfAborted();
    return stageRedis.open();
  };
  return {
    commands: () => stageRedis.opened()?.commands() ?? [],
    entries: async () => (await open()).entries(),
    kill: async () => (await open()).kill(),
    freeze: async () => (await open()).freeze(),
    restore: async () => (await open()).restore(),
  };
}
