import type { RedisEntry } from '../kit/index.ts';
import type { Connection, Reply, Word } from './connection.ts';

/** Keys that are asked for, or deleted, at a time. */
const batchSize = 500;

/** PTTL of a key that is gone, and of one that never expires (Redis' documentation of PTTL). */
const [gone, forEver] = [-2, -1];

/** All keys of the connection's database, in order; those that end meanwhile are left out. */
export async function readEntries(connection: Connection): Promise<readonly RedisEntry[]> {
  const entries: RedisEntry[] = [];
  for (const keys of batches(await allKeys(connection))) {
    const types = (await connection.callEach(keys.map((key) => ['TYPE', key]))).map(textOf);
    const asked = keys.flatMap((key, index): [string, Word][] => [
      ['PTTL', key],
      [readerOf(types[index]), key],
    ]);
    const replies = await connection.callEach(asked);
    for (const [index, key] of keys.entries()) {
      const [ttl, value] = replies.slice(2 * index);
      entries.push(...entryOf(key, types[index] ?? 'none', Number(ttl), value));
    }
  }
  return entries.sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** Deletes every key of the connection's database by its name: the others of that Redis are somebody else's. */
export async function deleteKeys(connection: Connection): Promise<void> {
  for (const keys of batches(await allKeys(connection))) await connection.call('DEL', ...keys);
}

/** Walks the whole database; SCAN may name a key more than once. */
async function allKeys(connection: Connection): Promise<readonly Buffer[]> {
  const keys = new Map<string, Buffer>();
  let cursor = '0';
  do {
    const reply = await connection.call('SCAN', cursor, 'COUNT', '1000');
    const [next, found] = reply as [Buffer, Buffer[]];
    for (const key of found) keys.set(key.toString('latin1'), key);
    cursor = next.toString();
  } while (cursor !== '0');
  return [...keys.values()];
}

function batches<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / batchSize);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * batchSize, (index + 1) * batchSize),
  );
}

/** What reads a value of this type. Of other types none is told, and any command will do. */
function readerOf(type: string | undefined): string {
  if (type === 'string') return 'GET';
  return type === 'hash' ? 'HGETALL' : 'TYPE';
}

function entryOf(
  key: Buffer,
  type: string,
  ttlMs: number,
  reply: Reply | Error | undefined,
): RedisEntry[] {
  if (type === 'none' || ttlMs === gone || reply === null) return [];
  const ttlSeconds = ttlMs === forEver ? undefined : ttlMs / 1000;
  return [{ key: key.toString('utf8'), type, ttlSeconds, value: readable(type, reply) }];
}

/** A key that became another type between the two questions is an Error here. */
function readable(type: string, reply: Reply | Error | undefined): RedisEntry['value'] {
  if (type === 'hash' && Array.isArray(reply)) return reply.map(textOf);
  return type === 'string' && Buffer.isBuffer(reply) ? textOf(reply) : undefined;
}

function textOf(reply: Reply | Error): string {
  if (reply instanceof Error) throw reply;
  return String(reply);
}
