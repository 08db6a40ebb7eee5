import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { OriginCall } from '../kit/index.ts';
import { createSchool } from './school.ts';
import { useRegistrar } from './use-registrar.testing.ts';

const seed = 5;
const { alice } = createSchool(seed);
const origin = useRegistrar(seed);
const { get, send } = origin;

describe('a call is taken down', () => {
  it('with all that is known of it', async () => {
    const before = Number(process.hrtime.bigint()) / 1e6;
    const path = '/subjects/c%23/';
    await send('GET', `${path}?lang=de&x=1&x=2&__proto__=3`, undefined, {
      'x-request-id': 'abc-12345',
    });
    const after = Number(process.hrtime.bigint()) / 1e6;
    const calls = await origin.registrar.calls();
    expect(calls).toHaveLength(1);
    const { query, ...call } = calls[0] as OriginCall;
    expect(call).toEqual({
      sequence: 1,
      route: 'subject',
      method: 'GET',
      path,
      key: 'C#',
      requestId: 'abc-12345',
      arrivedAtMs: expect.any(Number),
      answeredAtMs: expect.any(Number),
      status: 200,
    });
    expect(Object.entries(query).sort()).toEqual([
      ['__proto__', '3'],
      ['lang', 'de'],
      ['x', '1'],
    ]);
    const times = [before, call.arrivedAtMs, call.answeredAtMs as number, after];
    expect(times).toEqual([...times].sort((left, right) => left - right));
  });

  it('by the name it goes by, or the one that was asked for', async () => {
    await get('/subjects/PYTHON/stats/');
    await get('/seats/python/');
    await get('/subjects/Nothing/');
    await send('PUT', '/subjects/python/', { name: 'Ruby' });
    await get('/subjects/python/');
    await send('POST', '/subjects/', { name: 'Chess' });
    await send('POST', '/students/11/grades/', {});
    await get('/students/011/');
    await get('/pages/P1/');
    await get('/announcements/');
    await get('/nowhere/');
    const calls = await origin.registrar.calls();
    expect(calls.map(({ route, key, status }) => [route, key, status])).toEqual([
      ['subject-stats', 'Python', 200],
      ['seats', 'Python', 200],
      ['subject', 'Nothing', 404],
      ['subject-update', 'Python', 200],
      ['subject', 'python', 404],
      ['subject-create', 'Chess', 201],
      ['grade-create', '11', 400],
      ['student', '011', 404],
      ['page', 'P1', 404],
      ['announcements', undefined, 200],
      ['unknown', undefined, 404],
    ]);
    expect(calls.map(({ sequence }) => sequence)).toEqual(calls.map((_, index) => index + 1));
    expect(calls[0]?.requestId).toBeUndefined();
  });

  it('by its path as it came', async () => {
    await raw('/subjects/../tokens/%2e%2E/?a?b=%26');
    expect(await origin.registrar.calls()).toMatchObject([
      { path: '/subjects/../tokens/%2e%2E/', query: { 'a?b': '&' }, status: 404 },
    ]);
  });
});

describe('counts', () => {
  it('are by route, method and key in any case', async () => {
    await get('/subjects/Python/');
    await get('/subjects/python/stats/');
    await get('/subjects/%C3%9Cberblick/');
    await send('PUT', '/subjects/Python/', {});
    const { registrar } = origin;
    expect(await registrar.count()).toBe(4);
    expect(await registrar.count({ route: 'subject' })).toBe(2);
    expect(await registrar.count({ key: 'PYTHON' })).toBe(3);
    expect(await registrar.count({ key: 'überBLICK' })).toBe(1);
    expect(await registrar.count({ key: 'Python', method: 'put' })).toBe(1);
    expect(await registrar.count({ key: 'Pytho' })).toBe(0);
    expect(await registrar.calls({ route: 'subject-stats' })).toMatchObject([{ sequence: 2 }]);
  });

  it('hold tokens apart', async () => {
    const { username, password, tokens } = alice;
    await get(`/tokens/${tokens[0]}/`);
    await send('POST', '/tokens/', { username, password });
    await send('DELETE', `/tokens/${tokens[0]}/`);
    await get('/students/1/');
    await get(`/tokens/${tokens[0]}/`);
    const { registrar } = origin;
    expect(await registrar.calls()).toMatchObject([{ route: 'student', sequence: 4 }]);
    expect(await registrar.tokenCalls()).toMatchObject([
      { key: tokens[0], status: 200 },
      { key: tokens[0], status: 404 },
    ]);
    expect(await registrar.count({ route: 'token-create' })).toBe(1);
    expect(await registrar.count({ key: tokens[0] })).toBe(0);
  });

  it('do not hold what is asked for beside HTTP, which gives the same', async () => {
    const path = '/subjects/Python/?lang=de';
    const asked = await origin.registrar.ask(path);
    expect(await origin.registrar.count()).toBe(0);
    const got = await get(path);
    expect(asked).toEqual({ status: got.status, json: got.json });
    expect((await origin.registrar.ask('/nowhere/')).status).toBe(404);
  });

  it('begin anew at a reset', async () => {
    await get('/explain/');
    await origin.registrar.reset();
    expect(await origin.registrar.count()).toBe(0);
    await get('/explain/');
    expect(await origin.registrar.calls()).toMatchObject([{ sequence: 1 }]);
  });
});

describe('a listener', () => {
  it('hears each answered call until it ends', async () => {
    const heard: OriginCall[] = [];
    const other: OriginCall[] = [];
    const end = origin.registrar.onCall((call) => heard.push(call));
    const endOther = origin.registrar.onCall((call) => other.push(call));
    await origin.registrar.idle();
    await get('/subjects/Python/');
    await get('/tokens/x/');
    await origin.registrar.idle();
    expect(heard).toMatchObject([
      { route: 'subject', key: 'Python', status: 200, answeredAtMs: expect.any(Number) },
      { route: 'token', key: 'x', status: 404 },
    ]);
    end();
    await get('/explain/');
    await origin.registrar.idle();
    endOther();
    await get('/explain/');
    await origin.registrar.idle();
    expect([heard.length, other.length]).toEqual([2, 3]);
  });
});

/** Sends a path that fetch would tidy up. */
function raw(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin.registrar.url);
    const request = httpRequest({ hostname, port, path }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject).end();
  });
}
