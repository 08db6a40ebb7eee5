import { cannotJudge } from './failure.ts';
import type { Probe } from './probe.ts';
import type { Answer } from './server.ts';

/** One entry whose end is watched. */
export interface WatchedEntry {
  /** The request that fills the entry and uses it; ends by a failure where its answer is not good. */
  ask(): Promise<Answer>;
  /** Calls to the origin that this entry has caused until now. */
  calls(): Promise<number>;
  /** From now on the origin says something else. Called once the entry is filled. */
  change(): Promise<void>;
  /** The answer tells what the origin said after the change. */
  isNew(answer: Answer): boolean;
}

/** What is watched, and when it is used meanwhile. */
export interface ExpiryOptions {
  /** The CACHE_TTL_S of the server that is asked, in seconds; 1 keeps a check short. */
  ttlSeconds: number;
  /** When the entry is used before its end: shares of the TTL, ascending, each at most 0.9. */
  usedAt?: readonly number[];
  /** Makes an entry that was not asked for before; called for each attempt. */
  entry(): Promise<WatchedEntry>;
}

/** How an entry ended, with the answer that shows it. */
export type Expiry =
  | {
      /** In time: the first answer after its end was new. */
      kind: 'expired';
      /** That answer. */
      answer: Answer;
      /** A request right after it made no call. */
      refilled: boolean;
    }
  | {
      /** Before its end a request reached the origin. */
      kind: 'early';
      /** What that request was answered. */
      answer: Answer;
      /** When that was, as a share of the TTL: one of `usedAt`. */
      share: number;
    }
  | {
      /** After its end an old answer was given, and only then, or meanwhile, was the origin asked. */
      kind: 'stale';
      /** The old answer. */
      answer: Answer;
    }
  | {
      /** It was still used 2 s after its end. */
      kind: 'never';
      /** The last of the old answers. */
      answer: Answer;
    };

/** What of a probe it needs. */
type Watch = Pick<Probe, 'clock' | 'waitUntil' | 'poll'>;

/** Servers' clocks count whole milliseconds and get corrected: nothing is judged this close to the end. */
const marginMs = 20;
const lateMs = 2_000;
/**
 * A filling that took longer, as a share of the TTL, leaves room for an entry that ends early: the server may have filled
 * it as late as at the end of that time, so that each use found it younger than it was meant to be.
 */
const sharpFill = 0.1;
/** How long an origin may be asked behind the back of an old answer before the next request is sent. */
const behindMs = 100;
const attempts = 5;

/**
 * Watches an entry from its filling to after its end, on a server with this TTL. A request that a busy machine made
 * too late to be judged spoils the attempt; after five such attempts it ends by `cannotJudge`. Where the machine was only
 * too busy for uses to show that an entry ends early, and none of five attempts was sharper, the entry gets the benefit
 * of the doubt.
 */
export async function watchExpiry(probe: Watch, options: ExpiryOptions): Promise<Expiry> {
  let doubtful: Expiry | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const watched = await watchOnce(probe, options);
    if (watched?.sharp) return watched.expiry;
    doubtful = watched?.expiry ?? doubtful;
  }
  if (doubtful) return doubtful;
  return cannotJudge(
    `requests took longer than a TTL of ${options.ttlSeconds} s, ${attempts} times`,
  );
}

/** `sharp`: an entry that ends too early would have been seen to. */
interface Watched {
  expiry: Expiry;
  sharp: boolean;
}

async function watchOnce(probe: Watch, options: ExpiryOptions): Promise<Watched | undefined> {
  const { usedAt = [] } = options;
  const ttlMs = options.ttlSeconds * 1000;
  const entry = await options.entry();
  const fill = await entry.ask();
  await entry.change();
  const filled = await entry.calls();
  for (const share of usedAt) {
    await probe.waitUntil(fill.sentAtMs + share * ttlMs);
    const answer = await entry.ask();
    // The server may have filled the entry as soon as the request was sent.
    if (answer.receivedAtMs >= fill.sentAtMs + ttlMs - marginMs) return undefined;
    if ((await entry.calls()) > filled) return certain({ kind: 'early', answer, share });
  }
  // It may have filled it as late as when the answer was held.
  const endMs = fill.receivedAtMs + ttlMs;
  await probe.waitUntil(endMs);
  const ended = await firstNewAnswer(probe, entry, endMs);
  if (ended.kind !== 'expired') return certain(ended);
  const before = await entry.calls();
  const { receivedAtMs } = await entry.ask();
  const refilled = (await entry.calls()) === before;
  const inTime = receivedAtMs < ended.answer.sentAtMs + ttlMs - marginMs;
  if (!refilled && !inTime) return undefined;
  const sharp = usedAt.length === 0 || fill.receivedAtMs - fill.sentAtMs <= sharpFill * ttlMs;
  return { expiry: { ...ended, refilled }, sharp };
}

function certain(expiry: Expiry): Watched {
  return { expiry, sharp: true };
}

type End = { kind: 'expired'; answer: Answer } | Extract<Expiry, { kind: 'stale' | 'never' }>;

async function firstNewAnswer(probe: Watch, entry: WatchedEntry, endMs: number): Promise<End> {
  for (let old: Answer | undefined; ; ) {
    const askedAtMs = probe.clock.nowMs();
    const before = await entry.calls();
    const answer = await entry.ask();
    const asked = (await entry.calls()) > before;
    // New without a call of its own is fine only where nobody got an old answer before.
    if (entry.isNew(answer)) return asked || !old ? { kind: 'expired', answer } : stale(old);
    old = answer;
    // A call that comes now, while no request is under way, is made behind the back of the old answer.
    const behind = async () => (await entry.calls()) > before;
    if (await probe.poll(behind, probe.clock.nowMs() + behindMs)) return stale(old);
    if (askedAtMs >= endMs + lateMs) return { kind: 'never', answer };
  }
}

function stale(answer: Answer): End {
  return { kind: 'stale', answer };
}
