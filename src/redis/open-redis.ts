import { messageOf } from '../errors.ts';
import type { Clock, Redis } from '../kit/index.ts';
import { readRedisUrl, writeRedisUrl } from './address.ts';
import { createCommandLog } from './command-log.ts';
import { readEntries } from './entries.ts';
import { openExternalSource } from './external-source.ts';
import type { RedisPlace } from './find-redis.ts';
import type { RedisGround } from './ground.ts';
import { createQueue } from './in-turn.ts';
import { openPrivateSource } from './private-source.ts';
import { openProxy } from './proxy.ts';
import type { RedisSource } from './source.ts';

/** A Redis that answers, for one stage. */
export interface OpenRedis extends Redis {
  /** REDIS_URL for answers: through the proxy that sees their commands. */
  readonly url: string;
  /**
   * REDIS_URL for benchmarks: past the proxy, which would cost about as much as a hit itself (measured: half of the
   * gets of one connection were lost). What goes this way is not seen. A Redis that was given has no such way: it is the
   * proxy that guards it.
   */
  directUrl(): string;
  /** It answers, is empty, and has seen no command. */
  reset(): Promise<void>;
  /** One sentence, when it does not answer through no doing of ours. */
  trouble(): Promise<string | undefined>;
  /** Ends it, or leaves the given one as it was found. Safe to call twice. */
  close(): Promise<void>;
}

export type RedisOpening =
  | { kind: 'open'; redis: OpenRedis }
  /** The Redis that was given cannot be used; `reason` is one sentence for people. */
  | { kind: 'unusable'; reason: string };

export interface OpenRedisOptions {
  place: Exclude<RedisPlace, { kind: 'missing' }>;
  ground: RedisGround;
  clock: Clock;
  /** Made when it is needed, and removed by `close`. */
  folder: string;
}

/** Starts a private Redis, or takes the one that was given. Throws a CourseError (exit 3) where ours does not start. */
export async function openRedis(options: OpenRedisOptions): Promise<RedisOpening> {
  const { place, ground, folder, clock } = options;
  if (place.kind === 'program') {
    const source = await openPrivateSource({ file: place.path, folder, ground });
    return { kind: 'open', redis: await behindProxy(source, ground, clock) };
  }
  const address = readRedisUrl(place.url);
  if (!address) return unusable('it must look like redis://127.0.0.1:6379/5');
  const opening = await openExternalSource(address);
  if (opening.kind === 'refused') return unusable(opening.reason);
  return { kind: 'open', redis: await behindProxy(opening.source, ground, clock) };
}

function unusable(why: string): RedisOpening {
  const sentence = `It needs Redis, and the one at REDIS_URL cannot be used: ${why}`;
  return { kind: 'unusable', reason: sentence.endsWith('.') ? sentence : `${sentence}.` };
}

async function behindProxy(
  source: RedisSource,
  { drawPort }: RedisGround,
  clock: Clock,
): Promise<OpenRedis> {
  const log = createCommandLog(clock);
  const inTurn = createQueue();
  const guard = () => {
    const allows = source.guard();
    return (words: readonly string[]) => {
      log.add(words);
      return allows(words);
    };
  };
  const proxy = await openProxy({ upstream: source.address, drawPort, guard }).catch(
    async (error: unknown) => {
      await source.close();
      throw error;
    },
  );
  let state: 'up' | 'frozen' | 'killed' | 'closed' = 'up';

  const restore = async () => {
    if (state === 'frozen') source.thaw(proxy);
    if (state === 'killed') {
      await source.revive();
      await proxy.admit();
    }
    state = 'up';
    await source.connection().call('PING');
  };
  const mustBe = (wanted: typeof state, to: string) => {
    if (state !== wanted) throw new Error(`redis: ${to} while it is ${state}; restore it first`);
  };

  const url = writeRedisUrl({ ...source.address(), host: '127.0.0.1', port: proxy.port });
  return {
    url,
    directUrl: () => (source.mayBeReached ? writeRedisUrl(source.address()) : url),
    commands: log.commands,
    entries: () =>
      inTurn(() => {
        mustBe('up', 'entries');
        return readEntries(source.connection());
      }),
    kill: () =>
      inTurn(async () => {
        if (state === 'killed') return;
        if (state === 'frozen') proxy.releaseReplies();
        state = 'killed';
        await proxy.refuse();
        await source.kill();
      }),
    freeze: () =>
      inTurn(async () => {
        if (state === 'frozen') return;
        mustBe('up', 'freeze');
        state = 'frozen';
        source.freeze(proxy);
      }),
    restore: () => inTurn(restore),
    reset: () =>
      inTurn(async () => {
        await restore();
        await source.empty();
        log.clear();
      }),
    async trouble() {
      const ended = source.ended();
      if (ended !== undefined || state !== 'up') return ended;
      const asked = source.connection().call('PING');
      return asked.then(
        () => undefined,
        (error: unknown) => `Redis did not answer: ${messageOf(error)}`,
      );
    },
    close: () =>
      inTurn(async () => {
        if (state === 'closed') return;
        if (state === 'frozen') source.thaw(proxy);
        state = 'closed';
        await proxy.close();
        await source.close();
      }),
  };
}
