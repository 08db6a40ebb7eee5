import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findRedis, openRedis } from '../redis/index.ts';
import { createProbe } from './probe.ts';
import { openTestGround, serverSource, type TestGround, withoutRedis } from './stage.testing.ts';
import type { Stage } from './stage.ts';
import { monotonicClock as clock } from './waiting.ts';

/** `/set/<key>`, `/get/<key>`, `/pid` of Redis; a failed command is a 503. */
const cachesInRedis = serverSource(
  `
  const [, command, key] = path.split('/');
  if (command === 'url') return response.end(process.env.REDIS_URL ?? 'none');
  try {
    if (command === 'pid') return response.end(/process_id:(\\d+)/.exec(await redis.info('server'))[1]);
    const reply = command === 'set' ? await redis.set(key, 'v', 'EX', 60) : await redis.get(key);
    response.end(String(reply));
  } catch (error) {
    response.writeHead(503).end(error.message);
  }`,
  `import { Redis } from 'ioredis';
const redis = process.env.REDIS_URL && new Redis(process.env.REDIS_URL, { commandTimeout: 3000 });
redis?.on('error', () => {});`,
);

let ground: TestGround;
let stage: Stage;
const grounds: TestGround[] = [];
async function openGround(environment?: NodeJS.ProcessEnv): Promise<TestGround> {
  const opened = await openTestGround({}, environment);
  grounds.push(opened);
  return opened;
}
beforeAll(async () => {
  ground = await openGround();
});
afterEach(() => stage.close());
afterAll(() => Promise.all(grounds.map((each) => each.close())));

async function launch(settings: object, on = ground, options = {}) {
  stage = await on.openStage(7, options);
  const set = stage.openSet(await on.program('in-redis', cachesInRedis));
  const result = await set.launch(settings);
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.failure));
  const { server } = result;
  return { set, server, probe: createProbe({ stage, set, server, purpose: 'a-check' }) };
}

describe('the Redis of a stage', () => {
  test('is started by the first server that needs it, and shared by all', async () => {
    const { server, probe } = await launch({ cacheBackend: 'redis' });
    const other = await probe.launch({ instance: 'b' });
    expect((await server.get('/set/k')).text).toBe('OK');
    expect((await other.get('/get/k')).text).toBe('v');
    expect(probe.redis.commands().map(({ name, args }) => [name, ...args])).toEqual([
      ['SET', 'k', 'v', 'EX', '60'],
      ['GET', 'k'],
    ]);
    expect(await probe.redis.entries()).toMatchObject([{ key: 'k', type: 'string', value: 'v' }]);
  });

  test('is reached directly in a benchmark', async () => {
    const { server, probe } = await launch({ cacheBackend: 'redis' }, ground, {
      directRedis: true,
    });
    expect((await server.get('/set/k')).text).toBe('OK');
    expect(probe.redis.commands()).toEqual([]);
    expect(await probe.redis.entries()).toMatchObject([{ key: 'k' }]);
  });

  test('is not started, nor told of, where nobody needs it', async () => {
    const { server, probe } = await launch({});
    expect((await server.get('/url')).text).toBe('none');
    expect(probe.hasRedis).toBe(true);
    expect(probe.redis.commands()).toEqual([]);
    await stage.reset();
    expect(await stage.trouble()).toBeUndefined();
    expect(stage.redis.opened()).toBeUndefined();
    // A probe may be the first.
    expect(await probe.redis.entries()).toEqual([]);
    expect(stage.redis.opened()).toBeDefined();
  });

  test('goes away under a running server and comes back; a reset brings it back too, empty', async () => {
    const { server, probe } = await launch({ cacheBackend: 'redis' });
    await server.get('/set/k');
    await probe.redis.freeze();
    expect((await server.get('/get/k')).status).toBe(503);
    await probe.redis.restore();
    const answers = async (path: string, text: string) => (await server.get(path)).text === text;
    const soon = () => clock.nowMs() + 10_000;
    expect(await probe.poll(() => answers('/get/k', 'v'), soon())).toBe(true);
    await probe.redis.kill();
    expect((await server.get('/get/k')).status).toBe(503);
    expect(await stage.trouble()).toBeUndefined();
    await stage.reset();
    expect(probe.redis.commands()).toEqual([]);
    expect(await probe.poll(() => answers('/get/k', 'null'), soon())).toBe(true);
  });

  test('is out of reach for a check that was given up', async () => {
    const { set, server } = await launch({ cacheBackend: 'redis' });
    const over = new AbortController();
    const given = createProbe({ stage, set, server, purpose: 'p', signal: over.signal });
    over.abort(new Error('over'));
    await expect(given.redis.kill()).rejects.toThrow('over');
    expect((await server.get('/set/k')).text).toBe('OK');
  });

  test('that dies by itself is trouble of ours', async () => {
    const { server } = await launch({ cacheBackend: 'redis' });
    process.kill(Number((await server.get('/pid')).text), 'SIGKILL');
    await expect.poll(() => stage.trouble()).toMatch(/redis-server|valkey-server/);
  });

  test('ends with the stage, frozen as it may be', async () => {
    const { server, probe } = await launch({ cacheBackend: 'redis' });
    const pid = Number((await server.get('/pid')).text);
    expect(pid).toBeGreaterThan(1);
    await probe.redis.freeze();
    await stage.close();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(probe.redis.entries()).rejects.toThrow('closed');
  });
});

describe('where there is none', () => {
  test('a launch and a probe that need it are not judged, and nothing else is', async () => {
    const bare = await openGround(withoutRedis);
    const { set, probe } = await launch({}, bare);
    const notJudged = { kind: 'not-judged', reason: expect.stringContaining('Redis') };
    await expect(set.launch({ cacheBackend: 'redis' })).rejects.toMatchObject(notJudged);
    await expect(probe.launch({ cacheBackend: 'redis' })).rejects.toMatchObject(notJudged);
    expect(probe.hasRedis).toBe(false);
    expect(() => probe.redis).toThrow(expect.objectContaining(notJudged));
    expect(set.servers()).toHaveLength(1);
  });

  test('the one at REDIS_URL is used; one that cannot be is not judged, with the reason', async () => {
    const place = findRedis({ PATH: process.env.PATH });
    if (place.kind !== 'program') throw new Error('These tests need redis-server on PATH.');
    const folder = `${ground.folder}/theirs`;
    const theirs = await openRedis({ place, ground: ground.runtime, clock, folder });
    if (theirs.kind !== 'open') throw new Error(theirs.reason);
    const { url } = theirs.redis;
    const given = await openGround({ ...withoutRedis, REDIS_URL: url });
    const { server } = await launch({ cacheBackend: 'redis' }, given);
    expect((await server.get('/set/k')).text).toBe('OK');
    expect((await theirs.redis.entries()).map(({ key }) => key)).toEqual(['k']);
    await stage.close();
    expect(await theirs.redis.entries()).toEqual([]);
    await theirs.redis.close();
    await expect(launch({ cacheBackend: 'redis' }, given)).rejects.toMatchObject({
      kind: 'not-judged',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
