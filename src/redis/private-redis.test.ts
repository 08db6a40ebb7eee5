import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenRedis } from './open-redis.ts';
import { openTestGround, type TestGround } from './redis.testing.ts';

let ground: TestGround;
let redis: OpenRedis;
beforeAll(async () => {
  ground = await openTestGround();
  redis = await ground.open();
});
beforeEach(() => redis.reset());
afterAll(() => ground.close());

const names = () => redis.commands().map(({ name, args }) => [name, ...args].join(' '));

describe('what answers send', () => {
  test('is seen in order, what a client library sends by itself apart', async () => {
    const client = ground.client(redis.url);
    await client.set('s:1', '{"a":1}', 'EX', 60);
    await client.pipeline().get('s:1').keys('*').exec();
    await client.multi().hset('s:2', 'f', 'v').expire('s:2', 9).exec();
    await client.call('flushdb');
    expect(names()).toEqual([
      'SET s:1 {"a":1} EX 60',
      'GET s:1',
      'KEYS *',
      'MULTI',
      'HSET s:2 f v',
      'EXPIRE s:2 9',
      'EXEC',
      'FLUSHDB',
    ]);
    const times = redis.commands().map(({ sentAtMs }) => sentAtMs);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    await redis.reset();
    expect(redis.commands()).toEqual([]);
  });

  test('goes through unchanged: RESP2 and RESP3, large values, inline commands', async () => {
    const value = 'ü'.repeat(3_000_000);
    for (const protocol of [2, 3]) {
      const client = ground.client(redis.url, { protocol });
      await client.set('large', value);
      expect((await client.get('large')) === value).toBe(true);
      expect(await client.hgetall('none')).toEqual({});
    }
    expect(await rawReply(redis.url, 'strlen large\r\n')).toBe(':6000000\r\n');
    expect(names().at(-1)).toBe('STRLEN large');
  });

  test('gets the reply of Redis itself when it is no command', async () => {
    expect(await rawReply(redis.url, '*1\r\n$x\r\n')).toContain('Protocol error');
  });

  test('never ends the server', async () => {
    const client = ground.client(redis.url, { retryStrategy: () => null });
    await expect(client.call('SHUTDOWN', 'NOSAVE')).rejects.toThrow();
    expect(await redis.trouble()).toBeUndefined();
    expect(names()).toContain('SHUTDOWN NOSAVE');
  });
});

test('the direct way is not seen', async () => {
  const direct = ground.client(redis.directUrl());
  await direct.set('k', 'v');
  expect(await ground.client(redis.url).get('k')).toBe('v');
  expect(names()).toEqual(['GET k']);
});

describe('entries', () => {
  test('are complete and in order, with and without a TTL, of every type', async () => {
    const client = ground.client(redis.url);
    await client.set('b', 'Ü', 'PX', 90_500);
    await client.hset('a', 'f', '1', 'g', '');
    await client.rpush('l', '1');
    await client.sadd('s', '1');
    await client.zadd('z', 1, 'm');
    await client.xadd('x', '*', 'f', 'v');
    await client.set('', '');
    const seen = redis.commands().length;
    const entries = await redis.entries();
    expect(entries.map(({ key, type, value }) => [key, type, value])).toEqual([
      ['', 'string', ''],
      ['a', 'hash', ['f', '1', 'g', '']],
      ['b', 'string', 'Ü'],
      ['l', 'list', undefined],
      ['s', 'set', undefined],
      ['x', 'stream', undefined],
      ['z', 'zset', undefined],
    ]);
    expect(entries.filter(({ ttlSeconds }) => ttlSeconds !== undefined)).toEqual([
      expect.objectContaining({ key: 'b' }),
    ]);
    expect(entries[2]?.ttlSeconds).toBeGreaterThan(60);
    expect(entries[2]?.ttlSeconds).toBeLessThanOrEqual(90.5);
    // Looking is not seen.
    expect(redis.commands()).toHaveLength(seen);
  });

  test('are all there when there are many', async () => {
    const client = ground.client(redis.url);
    const keys = Array.from({ length: 2500 }, (_, index) => `k${String(index).padStart(4, '0')}`);
    await client.mset(keys.flatMap((key) => [key, key]));
    expect((await redis.entries()).map(({ key }) => key)).toEqual(keys);
    await redis.reset();
    expect(await redis.entries()).toEqual([]);
  });
});

describe('kill', () => {
  test('breaks connections and refuses new ones, until it is restored, empty, on the same port', async () => {
    const client = ground.client(redis.url);
    await client.set('k', 'v');
    const gone = new Promise((resolve) => client.once('close', resolve));
    await redis.kill();
    await gone;
    await expect(client.get('k')).rejects.toThrow();
    await expect(rawReply(redis.url, 'PING\r\n')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(redis.entries()).rejects.toThrow('killed');
    await expect(redis.freeze()).rejects.toThrow('killed');
    await redis.kill();
    expect(await redis.trouble()).toBeUndefined();
    await redis.restore();
    expect(await rawReply(redis.url, 'PING\r\n')).toBe('+PONG\r\n');
    expect(await client.get('k')).toBeNull();
    await client.set('k', 'w');
    expect((await redis.entries()).map(({ value }) => value)).toEqual(['w']);
  });

  test('of a frozen one, and again and again, and reset restores', async () => {
    const client = ground.client(redis.url);
    await redis.freeze();
    await redis.kill();
    await redis.reset();
    await redis.kill();
    await redis.reset();
    expect(await client.get('k')).toBeNull();
  });
});

describe('freeze', () => {
  test('leaves connections open and answers nothing, until it is restored as it was', async () => {
    const client = ground.client(redis.url);
    await client.set('k', 'v');
    await redis.freeze();
    await redis.freeze();
    let answered = false;
    const late = client.get('k').finally(() => {
      answered = true;
    });
    const other = ground.client(redis.url, { commandTimeout: 300 });
    await expect(other.set('other', '1')).rejects.toThrow();
    expect(answered).toBe(false);
    expect(client.status).toBe('ready');
    await expect(redis.entries()).rejects.toThrow('frozen');
    expect(await redis.trouble()).toBeUndefined();
    expect(names()).toContain('GET k');
    await redis.restore();
    expect(await late).toBe('v');
  });
});

describe('a redis-server', () => {
  test('that ends by itself is our fault', async () => {
    const other = await ground.open();
    const client = ground.client(other.url);
    await client.set('k', 'v');
    process.kill(await pidOf(client), 'SIGKILL');
    await expect.poll(() => other.trouble()).toMatch(/ended by SIGKILL/);
    await expect(client.get('k')).rejects.toThrow();
    await other.close();
  });

  test('and its folder are gone after close, frozen or not, and nothing listens', async () => {
    const before = readdirSync(ground.folder);
    const other = await ground.open();
    const pid = await pidOf(ground.client(other.url));
    expect(readdirSync(ground.folder)).toHaveLength(before.length + 1);
    await other.freeze();
    await Promise.all([other.close(), other.close()]);
    await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
    await expect(rawReply(other.url, 'PING\r\n')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(readdirSync(ground.folder)).toEqual(before);
  });

  test('is noted for the keeper, and keeps nothing on disk', async () => {
    const pid = await pidOf(ground.client(redis.url));
    const records = `${ground.folder}/record/processes`;
    const [record] = readdirSync(records);
    expect(JSON.parse(readFileSync(`${records}/${record}`, 'utf8')).groups).toContainEqual(
      expect.objectContaining({ pid }),
    );
    const client = ground.client(redis.url);
    await client.set('k', 'v');
    expect(await client.config('GET', 'save')).toEqual(['save', '']);
    expect(await client.config('GET', 'bind')).toEqual(['bind', '127.0.0.1']);
    const [, folder] = (await client.config('GET', 'dir')) as string[];
    expect(readdirSync(folder as string)).toEqual([]);
  });
});

async function pidOf(client: ReturnType<TestGround['client']>): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
}

/** What comes first for bytes that no library would send. */
function rawReply(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('error', reject);
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString());
    });
    socket.on('close', () => reject(new Error('closed')));
    void delay(10_000, undefined, { ref: false }).then(() => socket.destroy());
  });
}
