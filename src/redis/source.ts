import type { RedisAddress } from './address.ts';
import type { Connection } from './connection.ts';
import type { Guard, RedisProxy } from './proxy.ts';

/** A Redis behind the proxy: one that we start, or one that was given. */
export interface RedisSource {
  /** Where it answers now, and as whom. */
  address(): RedisAddress;
  /** Answers may be let to it past the proxy, as it is nobody else's. */
  readonly mayBeReached: boolean;
  /** Ours, past the proxy. */
  connection(): Connection;
  /** The proxy has refused all connections already. */
  kill(): Promise<void>;
  freeze(proxy: RedisProxy): void;
  thaw(proxy: RedisProxy): void;
  /** Answers again after `kill`, and holds nothing. */
  revive(): Promise<void>;
  /** Deletes all that answers have put there. */
  empty(): Promise<void>;
  /** How it ended that nobody had ended, as a sentence. */
  ended(): string | undefined;
  /** Tells of each command of a new connection whether it may go through. */
  guard(): Guard;
  /** Ends it, or leaves it as it was found. */
  close(): Promise<void>;
}
