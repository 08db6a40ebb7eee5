import type { RedisEntry } from '../kit/index.ts';
import type { Connection, Reply, Word } from './connection.ts';

/** Keys that are asked for, or deleted, at a time. */
const batchSize = 500;

/** All keys of the connection's database, in order; those that end meanwhile are left out. */
export async function readEntries(connection: Connection): Promise<readonly RedisEntry[]> {
  const entries: RedisEntry[] = [];
  for (const keys of batches(await allKeys(connection))) {
    const types = await replies(connection, keys, 'TYPE');
    const values = await replies(connection, keys, (_, index) => readerOf(types[index]));
    const ttls = await replies(connection, keys, 'PTTL');
    for (const [index, key] of keys.entries()) {
      const [type, ttlMs] = [textOf(types[index]), Number(ttls[index])];
      if (type === 'none' || ttlMs === gone) continue;
      entries.push({
        key: key.toString('utf8'),
        type,
        ttlSeconds: ttlMs === forEver ? undefined : ttlMs / 1000,
        value: valueOf(values[index]),
      });
    }
  }
  return entries.sort((left, right) => (left.key < right.key ? -1 : 1));
}

/** Deletes every key that the connection's database holds by its name: the database may be somebody else's. */
export async function deleteKeys(connection: Connection): Promise<void> {
  for (const keys of batches(await allKeys(connection))) await connection.call('DEL', ...keys);
}

/** PTTL of a key that has gone, and of one that never expires (Redis' documentation of PTTL). */
const [gone, forEver] = [-2, -1];

/** Walks the whole database: SCAN may name a key more than once. */
async function allKeys(connection: Connection): Promise<readonly Buffer[]> {
  const keys = new Map<string, Buffer>();
  let cursor = '0';
  do {
    const [next, found] = (await connection.call('SCAN', cursor, 'COUNT', '1000')) as [
      Buffer,
      Buffer[],
    ];
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

/** One command for each key, named once or for each. */
function replies(
  connection: Connection,
  keys: readonly Buffer[],
  command: string | ((key: Buffer, index: number) => string),
): Promise<readonly (Reply | Error)[]> {
  const nameOf = typeof command === 'string' ? () => command : command;
  return connection.callEach(keys.map((key, index): [string, Word] => [nameOf(key, index), key]));
}

/** What reads a value of this type; of others only the type is asked again. */
function readerOf(type: Reply | Error | undefined): string {
  const name = textOf(type);
  if (name === 'string') return 'GET';
  return name === 'hash' ? 'HGETALL' : 'TYPE';
}

function textOf(reply: Reply | Error | undefined): string {
  if (reply instanceof Error) throw reply;
  return String(reply);
}
