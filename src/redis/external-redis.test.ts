import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestGround, type Somebodys, type TestGround } from './redis.testing.ts';

let ground: TestGround;
let theirs: Somebodys;
beforeAll(async () => {
  ground = await openTestGround();
  theirs = await ground.somebodys();
});
beforeEach(async () => {
  await theirs.client.flushall();
});
afterAll(() => ground.close());

/** How often everything was flushed, by Redis' own count. */
async function flushesOf({ client }: Somebodys): Promise<readonly string[]> {
  const stats = await client.info('commandstats');
  return stats.match(/cmdstat_flush\w+:calls=\d+/g) ?? [];
}

const databaseOf = (url: string) => new URL(url).pathname;

describe('a Redis that was given', () => {
  test('lends one empty database, which is left as it was found; the others are not touched', async () => {
    await theirs.client.set('theirs', '1');
    const flushes = await flushesOf(theirs);
    const redis = await ground.open(theirs.url);
    expect(databaseOf(redis.url)).toBe('/1');
    expect(redis.directUrl()).toBe(redis.url);
    const client = ground.client(redis.url);
    await client.set('ours', '2', 'EX', 60);
    expect(await redis.entries()).toMatchObject([{ key: 'ours', type: 'string', value: '2' }]);
    expect(redis.commands().map(({ name }) => name)).toEqual(['SET']);
    await redis.reset();
    expect(await redis.entries()).toEqual([]);
    expect(redis.commands()).toEqual([]);
    await client.set('ours', '3');
    await redis.close();
    await theirs.client.select(1);
    expect(await theirs.client.dbsize()).toBe(0);
    await theirs.client.select(0);
    expect(await theirs.client.get('theirs')).toBe('1');
    expect(await flushesOf(theirs)).toEqual(flushes);
  });

  test('gives every stage a database of its own', async () => {
    const stages = await Promise.all([1, 2, 3].map(() => ground.open(theirs.url)));
    expect(new Set(stages.map(({ url }) => databaseOf(url))).size).toBe(3);
    for (const stage of stages) await stage.close();
    const again = await ground.open(theirs.url);
    expect(databaseOf(again.url)).toBe('/0');
    await again.close();
  });

  test('breaks an answer that reaches for what is not its own, and sees it', async () => {
    await theirs.client.set('theirs', '1');
    const redis = await ground.open(`${theirs.url}/3`);
    const options = { retryStrategy: () => null };
    const attempts: [string, ...string[]][] = [
      ['FLUSHALL'],
      ['select', '0'],
      ['SWAPDB', '0', '3'],
      ['CONFIG', 'SET', 'maxmemory', '1'],
    ];
    for (const [name, ...args] of attempts) {
      await expect(ground.client(redis.url, options).call(name, ...args)).rejects.toThrow();
    }
    // A client that ignores the database of its URL.
    const { port } = new URL(redis.url);
    const lost = ground.client(`redis://127.0.0.1:${port}`, options);
    await expect(lost.flushdb()).rejects.toThrow();
    expect(redis.commands().map(({ name }) => name)).toEqual([
      'FLUSHALL',
      'SWAPDB',
      'CONFIG',
      'FLUSHDB',
    ]);
    expect(await theirs.client.get('theirs')).toBe('1');
    await redis.close();
  });

  test('seems killed, and seems frozen, while it runs on', async () => {
    const redis = await ground.open(`${theirs.url}/4`);
    const client = ground.client(redis.url);
    await client.set('k', 'v');
    await redis.freeze();
    let answered = false;
    const late = client.get('k').finally(() => {
      answered = true;
    });
    const other = ground.client(redis.url, { commandTimeout: 300 });
    await expect(other.get('k')).rejects.toThrow();
    expect(answered).toBe(false);
    await redis.restore();
    expect(await late).toBe('v');
    const getAgain = () => other.get('k').catch(String);
    await expect.poll(getAgain, { timeout: 10_000 }).toBe('v');

    const gone = new Promise((resolve) => client.once('close', resolve));
    await redis.kill();
    await gone;
    const refused = ground.client(redis.url, { retryStrategy: () => null });
    const [error] = await new Promise<unknown[]>((resolve) =>
      refused.once('error', (...args) => resolve(args)),
    );
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(await theirs.client.ping()).toBe('PONG');
    await redis.restore();
    expect(await client.get('k')).toBeNull();
    await redis.close();
  });

  test('hands its user and password on', async () => {
    await theirs.client.call('ACL', 'SETUSER', 'ann', 'on', '>p@ss/w%', '~*', '&*', '+@all');
    const url = theirs.url.replace('redis://', 'redis://ann:p%40ss%2Fw%25@');
    const redis = await ground.open(`${url}/5`);
    const client = ground.client(redis.url);
    expect(await client.call('ACL', 'WHOAMI')).toBe('ann');
    // A password is nothing for a check to see.
    expect(JSON.stringify(redis.commands())).not.toContain('p@ss');
    await redis.close();
    await theirs.client.call('ACL', 'DELUSER', 'ann');
  });
});

describe('one that cannot be used says why in one sentence', () => {
  const refusal = async (url: string) => {
    const reason = await ground.refusal(url);
    expect(reason).toMatch(/^It needs Redis, and the one at REDIS_URL cannot be used: .*[^.]\.$/);
    return reason;
  };

  test('a database that holds keys, or that is not there', async () => {
    await theirs.client.set('theirs', '1');
    expect(await refusal(`${theirs.url}/0`)).toContain('its database 0 is not empty');
    expect(await refusal(`${theirs.url}/99`)).toContain('it has no database 99');
    expect(await theirs.client.get('theirs')).toBe('1');
  });

  test('a database that another stage uses', async () => {
    const redis = await ground.open(`${theirs.url}/6`);
    expect(await refusal(`${theirs.url}/6`)).toContain('is used by another course-labs');
    await redis.close();
    const again = await ground.open(`${theirs.url}/6`);
    await again.close();
  });

  test('no empty database at all', async () => {
    for (let database = 0; database < 16; database += 1) {
      await theirs.client.multi().select(database).set('theirs', '1').select(0).exec();
    }
    expect(await refusal(theirs.url)).toContain('no database there is empty');
  });

  test('nobody there, a wrong password, no address', async () => {
    const port = await ground.runtime.drawPort();
    expect(await refusal(`redis://127.0.0.1:${port}`)).toContain('ECONNREFUSED');
    expect(await refusal(theirs.url.replace('//', '//ann:wrong@'))).toContain('WRONGPASS');
    expect(await refusal('localhost:6379')).toContain('must look like');
  });

  test('one that goes away is trouble', async () => {
    const own = await ground.somebodys();
    const redis = await ground.open(own.url);
    expect(await redis.trouble()).toBeUndefined();
    await own.client.call('SHUTDOWN', 'NOSAVE').catch(() => {});
    await expect.poll(() => redis.trouble()).toContain('Redis did not answer');
    await redis.close();
  });
});
