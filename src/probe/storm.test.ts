import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiPath, type Failure, type Storm } from '../kit/index.ts';
import type { Service } from '../runtime/types.ts';
import { createProbe, type OwnedProbe } from './probe.ts';
import type { ProbedServer } from './probed-server.ts';
import { openTestGround, serverSource, type TestGround } from './stage.testing.ts';
import type { Stage } from './stage.ts';
import { createStageLoad } from './stage-load.ts';

let ground: TestGround;
let stage: Stage;
beforeAll(async () => {
  ground = await openTestGround();
  stage = await ground.openStage(41);
});
afterAll(() => ground.close());

/** Everyone's grades under one key. */
const sharedKey = `
  const token = (request.headers.authorization ?? '').replace('Token ', '');
  const { userId } = JSON.parse((await ask('/tokens/' + token + '/')).body);
  if (!kept.has(path)) kept.set(path, await ask(path.replace('/api/v1/me', '/students/' + userId)));
  response.end(kept.get(path).body);`;

async function probeOf(
  name: string,
  handler: string,
): Promise<OwnedProbe & { server: ProbedServer }> {
  const source = serverSource(handler, 'const kept = new Map(); let count = 0;');
  const set = stage.openSet(await ground.program(name, source));
  const result = await set.launch({});
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.failure));
  const { server } = result;
  return { ...createProbe({ stage, set, server, purpose: name }), server };
}

const path = '/api/v1/me/grades/?page=1';

function stormOf(change: Partial<Storm> = {}): Storm {
  const { alice, bob } = stage.school;
  const users = [alice, bob];
  return {
    requests: users.map(({ username: who, tokens: [token] }) => ({
      who,
      path,
      headers: { authorization: `Token ${token}` },
    })),
    marks: Object.fromEntries(users.map((user) => [user.username, Object.values(user.canaries)])),
    total: 200,
    connections: 10,
    ...change,
  };
}

describe('a storm of a probe', () => {
  test('tells whose texts reached whom', async () => {
    const { storm, server, origin } = await probeOf('shared-key', sharedKey);
    const { alice, bob } = stage.school;
    await server.get(path, { token: alice.tokens[0] });
    const result = await storm(server, stormOf());
    expect(result).toMatchObject({ answered: 200, leaked: 100, failed: 0, statuses: { 200: 200 } });
    expect(result.users).toEqual({
      [alice.username]: { asked: 100, answered: 100, own: 100, others: 0, victims: {} },
      [bob.username]: {
        asked: 100,
        answered: 100,
        own: 0,
        others: 100,
        victims: { [alice.username]: 100 },
      },
    });
    const { first } = result;
    expect(first).toMatchObject({ who: bob.username, mark: alice.canaries.grades, where: 'body' });
    expect(first && server.wasAsked(first.request)).toBe(true);
    expect(await origin.count({ route: 'student-grades' })).toBe(1);
  });

  test('does not throw for what the server answers, or does not', async () => {
    const { storm, server } = await probeOf(
      'troubled',
      `count += 1;
       if (count % 4 === 0) return request.socket.destroy();
       response.writeHead(count % 4 === 1 ? 500 : 401).end('no');`,
    );
    const result = await storm(server, stormOf());
    expect(result.answered + result.failed).toBe(200);
    expect(Object.keys(result.statuses)).toEqual(['401', '500']);
    expect(result).toMatchObject({ leaked: 0, first: undefined });
    expect(server.endedByItself()).toBe(false);
  });

  test('is a failure of the answer where the server ends', async () => {
    const { storm, server } = await probeOf(
      'dies',
      `count += 1;
       if (count === 50) setTimeout(() => { throw new TypeError('boom'); });
       response.end('{}');`,
    );
    const failure: Failure = await storm(server, stormOf()).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(failure).toMatchObject({
      kind: 'failure',
      asked: '200 requests, 10 at a time',
      expected: 'a server that goes on running',
    });
    expect(failure.actual).toMatch(/^the server ended with code 1: TypeError: boom/);
  });

  test('is refused where it is an author’s mistake', async () => {
    const { storm, server } = await probeOf('fine', "response.end('{}');");
    const other = await probeOf('other', "response.end('{}');");
    await expect(storm(server, stormOf({ total: 20_001 }))).rejects.toThrow('1 to 20,000');
    await expect(storm(server, stormOf({ marks: {} }))).rejects.toThrow('needs marks');
    await expect(storm(other.server, stormOf())).rejects.toThrow('a server of its own probe');
  });

  test('waits for another, and leaves no subject fresh that it asked for', async () => {
    const { storm, server, launch, school, freshSubjects } = await probeOf(
      'two-at-once',
      "response.end('{}');",
    );
    const [known] = school.subjects;
    const name = known?.name ?? '';
    const requests = [{ who: 'alice', path: apiPath('subjects', name) }];
    const second = await launch({ instance: 'b' });
    const results = await Promise.all(
      [server, second].map((each) => storm(each, stormOf({ requests }))),
    );
    expect(results.map(({ answered }) => answered)).toEqual([200, 200]);
    expect(freshSubjects(school.subjects.length - 1).map((each) => each.name)).not.toContain(name);
  });

  test('ends with its probe', async () => {
    const abort = new AbortController();
    const set = stage.openSet(
      await ground.program('silent', serverSource("console.log('asked');")),
    );
    const launched = await set.launch({});
    if (launched.kind === 'failed') throw new Error('not launched');
    const { server } = launched;
    const probe = createProbe({ stage, set, server, purpose: 'ends', signal: abort.signal });
    const reason = new Error('left');
    const sent = probe.storm(server, stormOf());
    await expect.poll(() => server.logs()).not.toEqual([]);
    abort.abort(reason);
    await expect(sent).rejects.toBe(reason);
  });
});

describe('the load process of a stage', () => {
  test('is one, is replaced when it dies, and ends with the stage', async () => {
    const services: Service[] = [];
    const load = createStageLoad({
      startService: async (name) => {
        const service = await ground.runtime.startService(name);
        services.push(service);
        return service;
      },
    });
    await load.close();
    expect(services).toEqual([]);

    let onAsked = () => {};
    const server = createServer((_request, response) => {
      onAsked();
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const job = { ...stormOf(), url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    try {
      await load.storm(job);
      await load.storm(job);
      expect(services).toHaveLength(1);
      onAsked = () => {
        process.kill(services[0]?.pid ?? 0, 'SIGKILL');
        onAsked = () => {};
      };
      await expect(load.storm(job)).rejects.toMatchObject({ exitCode: 3 });
      expect((await load.storm(job)).answered).toBe(200);
      expect(services).toHaveLength(2);
      await load.close();
      expect(services.every((service) => service.ended())).toBe(true);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test('a server tells what it has used, until it has ended', async () => {
  const { server } = await probeOf('usage', "response.end('{}');");
  const usage = await server.usage();
  expect(usage?.cpuMs).toBeGreaterThan(0);
  expect(usage?.memoryBytes).toBeGreaterThan(10_000_000);
  await server.kill();
  expect(await server.usage()).toBeUndefined();
});
