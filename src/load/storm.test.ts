import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { markOf, marks, mixUp, names, requests } from './mix-up.testing.ts';
import { type StartedLoad, startLoad } from './start-load.testing.ts';
import type { StormJob } from './storm-job.ts';

let started: StartedLoad;
const servers: Server[] = [];

beforeAll(async () => {
  started = await startLoad();
});
afterAll(() => started.close());
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function stormOn(url: string, change: Partial<StormJob> = {}): StormJob {
  return { url, requests, marks, total: 1200, connections: 20, ...change };
}

function counted(users: Record<string, { own: number; victims: Record<string, number> }>) {
  return Object.fromEntries(
    Object.entries(users).map(([who, { own, victims }]) => [who, { [who]: own, ...victims }]),
  );
}

describe('a storm', () => {
  it('puts each answer down to the one who asked', async () => {
    const { listener, did, count } = mixUp();
    const result = await started.load.storm(stormOn((await serve(listener)).url));
    expect(counted(result.users)).toEqual(did());
    expect(count()).toBe(1200);
    expect(result).toMatchObject({ answered: 1200, failed: 0 });
    const all = Object.values(result.users);
    expect(all.map(({ asked }) => asked)).toEqual([400, 400, 400]);
    expect(all.map(({ others }) => others).reduce((sum, others) => sum + others)).toBe(
      result.leaked,
    );
    expect(result.leaked).toBeGreaterThan(100);
    expect(result.first?.victim).not.toBe(result.first?.who);
    expect(result.first).toMatchObject({
      mark: markOf(result.first?.victim ?? ''),
      request: { path: '/me', headers: { 'x-who': result.first?.who } },
    });
  });

  it.each([
    [
      'closes connections after its answers',
      (count: number, ...[, response]: Parameters<RequestListener>) => {
        if (count % 5 === 0) response.setHeader('connection', 'close');
        return false;
      },
      0,
    ],
    [
      'drops connections, again at the second try',
      (count: number, ...[request]: Parameters<RequestListener>) => {
        if (count % 50 > 1) return false;
        request.socket.resetAndDestroy();
        return true;
      },
      1,
    ],
    [
      'breaks off in the middle of somebody’s answer',
      (count: number, ...[request, response]: Parameters<RequestListener>) => {
        if (count % 40 !== 0) return false;
        response.setHeader('content-length', 1000);
        response.write(names.map(markOf).join());
        setTimeout(() => request.socket.destroy(), 1);
        return true;
      },
      30,
    ],
  ])('stays exact with a server that %s', async (_, trouble, leastFailed) => {
    const { listener, did } = mixUp(trouble);
    const result = await started.load.storm(stormOn((await serve(listener)).url));
    expect(counted(result.users)).toEqual(did());
    expect(result.answered + result.failed).toBe(1200);
    expect(result.failed).toBeGreaterThanOrEqual(leastFailed);
    if (leastFailed === 0) expect(result.failed).toBe(0);
  });

  it('understands HTTP/1.0, where the end of the connection ends the answer', async () => {
    const { url } = await serve((request, response) => {
      request.socket.end(`HTTP/1.0 200 OK\r\n\r\n${markOf('bob')}`);
      response.destroy();
    });
    const result = await started.load.storm(stormOn(url, { total: 30, connections: 3 }));
    expect(result).toMatchObject({ answered: 30, failed: 0, leaked: 20 });
    expect(result.users.bob).toMatchObject({ own: 10, others: 0 });
  });

  it('sends the requests in turn, so many at a time, with their bodies', async () => {
    const seen: string[] = [];
    let [now, most] = [0, 0];
    const { url } = await serve((request, response) => {
      now += 1;
      most = Math.max(most, now);
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${body}`);
        setTimeout(() => {
          now -= 1;
          response.writeHead(request.method === 'POST' ? 201 : 200).end();
        }, 5);
      });
    });
    const pair = [
      { who: 'alice', path: '/a/../%2F?b=1' },
      { who: 'bob', path: '/b', method: 'post', body: '{"grade":"ü"}' },
    ];
    const job = stormOn(url, { requests: pair, total: 21, connections: 4 });
    const result = await started.load.storm(job);
    expect(most).toBe(4);
    expect(seen.slice(0, 4).toSorted()).toEqual([
      'GET /a/../%2F?b=1 ',
      'GET /a/../%2F?b=1 ',
      'POST /b {"grade":"ü"}',
      'POST /b {"grade":"ü"}',
    ]);
    expect(result).toEqual({
      answered: 21,
      leaked: 0,
      failed: 0,
      statuses: { 200: 11, 201: 10 },
      users: {
        alice: { asked: 11, answered: 11, own: 0, others: 0, victims: {} },
        bob: { asked: 10, answered: 10, own: 0, others: 0, victims: {} },
      },
      first: undefined,
    });
  });

  it('may be as large as 20,000 requests', async () => {
    const { url } = await serve((_request, response) => void response.end(markOf('alice')));
    const result = await started.load.storm(stormOn(url, { total: 20_000, connections: 100 }));
    expect(result).toMatchObject({ answered: 20_000, failed: 0 });
    expect(result.first).toMatchObject({ victim: 'alice' });
  });

  it('gives up on a server that is gone', async () => {
    const { url, server } = await serve((_request, response) => void response.end());
    await new Promise((resolve) => server.close(resolve));
    const result = await started.load.storm(stormOn(url, { connections: 2 }));
    expect(result).toMatchObject({ answered: 0, statuses: {}, first: undefined });
    expect(result.failed).toBeGreaterThanOrEqual(3);
    expect(result.failed).toBeLessThanOrEqual(5);
  });

  it('waits 10 s for an answer', async () => {
    const { url } = await serve(() => {});
    const beganAtMs = performance.now();
    const result = await started.load.storm(stormOn(url, { total: 12, connections: 12 }));
    expect(performance.now() - beganAtMs).toBeGreaterThan(9_900);
    expect(result).toMatchObject({ answered: 0, failed: 12 });
    expect(result.users.alice).toMatchObject({ asked: 4, answered: 0 });
  });

  it('ends early when the signal fires, and another can be sent', async () => {
    const abort = new AbortController();
    const reason = new Error('left');
    const { url } = await serve((_request, response) => {
      if (!abort.signal.aborted) return abort.abort(reason);
      response.end();
    });
    await expect(started.load.storm(stormOn(url), abort.signal)).rejects.toBe(reason);
    expect((await started.load.storm(stormOn(url))).answered).toBe(1200);
  });

  it('is refused where it is an author’s mistake, or beside another load', async () => {
    const { load } = started;
    const { url } = await serve((_request, response) => void response.end());
    await expect(load.storm(stormOn('http://192.0.2.1/'))).rejects.toThrow('127.0.0.1 only');
    const spaced = stormOn(url, { requests: [{ who: 'alice', path: '/a b' }] });
    await expect(load.storm(spaced)).rejects.toThrow('unescaped');
    const running = load.storm(stormOn(url));
    await expect(load.storm(stormOn(url))).rejects.toThrow('Another load is under way.');
    expect((await running).answered).toBe(1200);
  });
});

describe('the end of the load process', () => {
  it('is told to whoever waits for a storm', async () => {
    const own = await startLoad();
    try {
      const { url } = await serve(() => void own.child.kill('SIGKILL'));
      await expect(own.load.storm(stormOn(url))).rejects.toMatchObject({
        exitCode: 3,
        message: 'The load process ended (SIGKILL).',
      });
    } finally {
      await own.close();
    }
  });

  it('follows a disconnect in the middle of a storm', async () => {
    const own = await startLoad();
    try {
      const { url } = await serve(() => own.child.connected && own.child.disconnect());
      own.channel.send({ kind: 'storm', id: 1, job: stormOn(url) });
      expect(await own.end).toEqual({ code: 0, signal: null });
    } finally {
      await own.close();
    }
  });
});
