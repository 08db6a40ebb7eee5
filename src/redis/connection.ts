import { messageOf } from '../errors.ts';
import type { RedisAddress } from './address.ts';

/** A word of a command; keys travel as the bytes that they are. */
export type Word = string | Buffer;

/** What Redis replies, texts as bytes. */
export type Reply = Buffer | number | null | readonly Reply[];

/** Our own connection to a Redis. Every call rejects once it is broken; it is not mended. */
export interface Connection {
  /** Rejects with Redis' own error, and when no reply comes within 10 s. */
  call(...words: readonly [string, ...Word[]]): Promise<Reply>;
  /** Sent at once. An error takes the place of its reply. */
  callEach(
    commands: readonly (readonly [string, ...Word[]])[],
  ): Promise<readonly (Reply | Error)[]>;
  /** The same as one transaction, which nobody else's command interrupts. */
  transact(
    commands: readonly (readonly [string, ...Word[]])[],
  ): Promise<readonly (Reply | Error)[]>;
  close(): void;
}

/** How long Redis may take to take a connection, and to reply. */
const limitMs = 10_000;

/** Connects, and says who we are; rejects with the reason where that is not possible. */
export async function connectRedis(address: RedisAddress): Promise<Connection> {
  // Loaded by who needs it: most commands of the course have nothing to do with Redis.
  const { Redis } = await import('ioredis');
  const { host, port, username, password, database: db = 0 } = address;
  const client = new Redis({
    host,
    port,
    db,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // Understood by every Redis.
    protocol: 2,
    lazyConnect: true,
    enableOfflineQueue: false,
    retryStrategy: () => null,
    connectTimeout: limitMs,
    commandTimeout: limitMs,
    disableClientInfo: true,
  });
  let reason: unknown;
  client.on('error', (error) => {
    reason ??= error;
  });
  await client.connect().catch((error: unknown) => {
    client.disconnect();
    throw new Error(messageOf(reason ?? error));
  });
  const gather = async (batch: ReturnType<typeof client.pipeline>) => {
    const results = await batch.exec();
    if (!results) throw new Error('the transaction was given up');
    return results.map(([error, reply]) => error ?? (reply as Reply));
  };
  return {
    call: (name, ...rest) => client.callBuffer(name, ...rest) as Promise<Reply>,
    callEach: (commands) => {
      const batch = client.pipeline();
      for (const [name, ...rest] of commands) batch.callBuffer(name, ...rest);
      return gather(batch);
    },
    transact: (commands) => {
      const batch = client.multi();
      for (const [name, ...rest] of commands) batch.callBuffer(name, ...rest);
      return gather(batch);
    },
    close: () => client.disconnect(),
  };
}
