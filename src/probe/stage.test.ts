import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { apiPath, type Failure } from '../kit/index.ts';
import { createProbe } from './probe.ts';
import type { ProbedServer } from './probed-server.ts';
import { createServerSet, type ServerSet } from './server-set.ts';
import { openTestGround, passOn, serverSource, type TestGround } from './stage.testing.ts';
import type { Stage } from './stage.ts';

const endsAtOnce = "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);";
const killed = { kind: 'failed', failure: { reason: 'killed', message: '', output: [] } };

let ground: TestGround;
let stage: Stage;
beforeAll(async () => {
  ground = await openTestGround();
  stage = await ground.openStage(41);
});
afterAll(() => ground.close());

async function launch(name: string, source: string, settings = {}) {
  const set = stage.openSet(await ground.program(name, source));
  const result = await set.launch(settings);
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.failure));
  return { set, server: result.server };
}

async function failureOf(server: ProbedServer, path: string): Promise<Failure> {
  return server.get(path).then(
    () => expect.unreachable(),
    (thrown: Failure) => thrown,
  );
}

describe('a stage', () => {
  test('launches servers against a registrar that counts, and resets it', async () => {
    const { set, server } = await launch('pass-on', serverSource(passOn));
    const [subject] = set.subjects.take(1);
    const answer = await server.get(apiPath('subjects', subject?.name ?? '', 'stats'));
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual(
      (await stage.origin.ask(answer.request.path.replace('/api/v1', ''))).json,
    );
    expect(await stage.origin.count({ route: 'subject-stats', key: subject?.name ?? '' })).toBe(1);
    await stage.origin.fail({ status: 503 });
    await stage.reset();
    expect(await stage.origin.count()).toBe(0);
    expect((await server.get(answer.request.path)).status).toBe(200);
    await set.close();
    expect(server.running.ended()).toBeDefined();
    expect(server.endedByItself()).toBe(false);
  });

  test('lets go of what a server asks in the background before it resets', async () => {
    const { set, server } = await launch(
      'background',
      serverSource(`
      if (path === '/go') { ask('/announcements/').catch(() => {}); return response.end('gone'); }
      ${passOn}`),
    );
    const held = await stage.origin.hold({ route: 'announcements' });
    await server.get('/go');
    await held.arrived();
    await stage.reset();
    expect(await stage.origin.count()).toBe(0);
    expect(await stage.origin.inFlight()).toBe(0);
    await set.close();
  });

  test('is as new once it is cleared: no servers, no clients, no calls, no rules, the rows of its start', async () => {
    const { set, server } = await launch('cleared', serverSource(passOn));
    const path = apiPath('subjects', stage.school.subjects[0]?.name ?? '');
    const before = (await server.get(path)).json;
    await fetch(`${stage.origin.url}${path.replace('/api/v1', '')}`, {
      method: 'PUT',
      body: JSON.stringify({ professor: 'Prof. Nobody' }),
    });
    await stage.origin.hold({ route: 'subject' });
    server.get(path).catch(() => {});
    await expect.poll(() => stage.origin.inFlight()).toBe(1);
    await stage.clear();
    expect(set.servers().every(({ running }) => running.ended())).toBe(true);
    expect(await stage.origin.hangUp()).toBe(0);
    const again = await launch('cleared-again', serverSource(passOn));
    expect(await stage.origin.count()).toBe(0);
    expect((await again.server.get(path)).json).toEqual(before);
    await again.set.close();
  });

  test('is closed twice without harm, and leaves neither processes nor files', async () => {
    const other = await ground.openStage(42);
    const set = other.openSet(await ground.program('any', serverSource(passOn)));
    const result = await set.launch({ errorLog: true, cacheBackend: 'file' });
    expect(result.kind).toBe('ready');
    await Promise.all([other.close(), other.close()]);
    expect(other.service.ended()).toBeDefined();
    expect(set.servers().every(({ running }) => running.ended())).toBe(true);
  });

  test('launches a server once more that was ended before it answered, as others may have done that', async () => {
    const set = stage.openSet(await ground.program('ends-itself', endsAtOnce));
    expect(await set.launch({})).toMatchObject({
      kind: 'failed',
      failure: { reason: 'killed', message: 'The server was ended by SIGKILL before it answered.' },
    });
    const results = [
      killed,
      { ...killed, failure: { ...killed.failure, reason: 'exited' } },
      killed,
    ];
    const launch = vi.fn(async () => results.shift());
    const folder = join(ground.folder, 'relaunch');
    const options = { runtime: { launch }, registrarUrl: '', redis: stage.redis, folder };
    const relaunching = createServerSet({ ...options, school: stage.school } as never);
    expect(await relaunching.launch({})).toMatchObject({ failure: { reason: 'exited' } });
    expect(launch).toHaveBeenCalledTimes(2);
  });

  test('says so when the registrar has died', async () => {
    const other = await ground.openStage(43);
    expect(await other.trouble()).toBeUndefined();
    process.kill(other.service.pid, 'SIGKILL');
    await expect.poll(() => other.trouble()).toContain('registrar');
    await other.close();
  });
});

describe('a probe', () => {
  let set: ServerSet;
  let server: ProbedServer;
  const source = serverSource(
    `if (path === '/env') return response.end(JSON.stringify(process.env));
     ${passOn}`,
    `console.log(JSON.stringify({ level: 30, time: Date.now(), msg: 'up', instance: process.env.INSTANCE }));
     process.stdout.write('a line of text\\n\\n');
     process.on('SIGTERM', () => { process.stdout.write('{"level":30,"msg":"to'); process.exit(0); });`,
  );
  beforeAll(async () => {
    ({ set, server } = await launch('probed', source, {
      cacheTtlSeconds: 7,
      cacheBackend: 'file',
    }));
  });
  const probe = () => createProbe({ stage, set, server, purpose: 'a-check' });

  test('draws the same for the same seed and purpose', () => {
    expect(probe().random.text(20)).toBe(probe().random.text(20));
    const other = createProbe({ stage, set, server, purpose: 'another' });
    expect(other.random.text(20)).not.toBe(probe().random.text(20));
  });

  test('launches a further server with the same settings but for what is given, and the same CACHE_DIR', async () => {
    const own = probe();
    const other = await own.launch({ instance: 'b' });
    const environment = async (of: { get: ProbedServer['get'] }) =>
      (await of.get('/env')).json as Record<string, string>;
    const [mine, its] = [await environment(server), await environment(other)];
    expect(its).toMatchObject({ CACHE_TTL_S: '7', INSTANCE: 'b', CACHE_DIR: mine.CACHE_DIR });
    expect(existsSync(mine.CACHE_DIR ?? '')).toBe(true);
    expect(mine).toMatchObject({ INSTANCE: 'a', CACHE_BACKEND: 'file' });
    await own.endFurther();
    expect(set.servers().map(({ running }) => running.ended() !== undefined)).toEqual([
      false,
      true,
    ]);
  });

  test('reads the logs, text and a torn last line as well, and leaves blank lines out', async () => {
    const own = probe();
    const other = await own.launch({ instance: 'c' });
    expect(other.logs().map(({ msg, line }) => msg || line)).toEqual(['up', 'a line of text']);
    expect(other.logs()[0]).toMatchObject({ level: 'info', fields: { instance: 'c' } });
    expect(await other.stop()).toEqual({ code: 0, signal: null });
    expect(other.logs().at(-1)).toMatchObject({ line: '{"level":30,"msg":"to', fields: undefined });
  });

  test('gives subjects that nobody asked for, every other one awkward', async () => {
    const { set: fresh, server: asked } = await launch('fresh', serverSource(passOn));
    const own = createProbe({ stage, set: fresh, server: asked, purpose: 'x' });
    const known = stage.school.subjects[5]?.name ?? '';
    await asked.get(apiPath('subjects', known.toUpperCase()));
    const awkward = new Set(stage.school.awkwardSubjects.map(({ name }) => name));
    const given = [...own.freshSubjects(3), ...own.freshSubjects(3)].map(({ name }) => name);
    expect(given.map((name) => awkward.has(name))).toEqual([false, true, false, true, false, true]);
    const rest = own.freshSubjects(stage.school.subjects.length - 7).map(({ name }) => name);
    expect(new Set([...given, ...rest]).size).toBe(stage.school.subjects.length - 1);
    expect([...given, ...rest]).not.toContain(known);
    expect(() => own.freshSubjects(1)).toThrow('subjects are used');
    await fresh.close();
  });
});

describe('no answer is a failure of the answer', () => {
  test('when the server ends, with its last error and the place', async () => {
    const { server } = await launch(
      'dies',
      serverSource("setTimeout(() => { throw new TypeError('boom'); });"),
    );
    const failure = await failureOf(server, '/api/v1/me/');
    expect(failure).toMatchObject({
      kind: 'failure',
      asked: 'GET /api/v1/me/',
      expected: 'a whole answer within 10 s',
      request: { path: '/api/v1/me/' },
    });
    expect(failure.actual).toMatch(/^the server ended with code 1: TypeError: boom/);
    expect(server.endedByItself()).toBe(true);
    expect((await failureOf(server, '/again')).actual).toContain('the server ended with code 1');
  });

  test('when the connection breaks and the server lives', async () => {
    const { server } = await launch('breaks', serverSource('request.socket.destroy();'));
    expect((await failureOf(server, '/')).actual).toBe(
      'the connection was closed before an answer',
    );
    expect(server.endedByItself()).toBe(false);
  });

  test('but not when it was stopped by the check', async () => {
    const { server } = await launch('stopped', serverSource(passOn));
    await server.kill();
    expect(server.endedByItself()).toBe(false);
  });
});
