import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LoadJob } from './job.ts';
import { type StartedLoad, startLoad } from './start-load.testing.ts';

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

async function jobFor(listener: RequestListener, change: Partial<LoadJob> = {}): Promise<LoadJob> {
  const { url } = await serve(listener);
  return { url, requests: [{ path: '/' }], connections: 5, durationSeconds: 0.3, ...change };
}

const fine = { non2xx: 0, errors: 0, timeouts: 0, mismatches: 0, lost: 0 };

describe('the load process', () => {
  it('counts what the server answered, and measures below a millisecond', async () => {
    let asked = 0;
    const job = await jobFor((_request, response) => {
      asked += 1;
      response.end('hello');
    });
    const result = await started.load.measure(job);
    expect(result.failures).toEqual(fine);
    expect(result.statuses).toEqual({ 200: result.answered });
    expect(result.sent).toBe(result.answered + 5);
    expect(asked).toBeGreaterThanOrEqual(result.answered);
    expect(asked).toBeLessThanOrEqual(result.sent);
    expect(result.throughput).toBeCloseTo(result.answered / result.seconds, 6);
    expect(result.seconds).toBeGreaterThanOrEqual(0.29);
    const { p50Ms, p90Ms, p95Ms, p99Ms, maxMs, meanMs } = result.latency;
    expect(p50Ms).toBeGreaterThan(0);
    expect(Number.isInteger(p50Ms)).toBe(false);
    expect([p50Ms, p90Ms, p95Ms, p99Ms, maxMs]).toEqual(
      [p50Ms, p90Ms, p95Ms, p99Ms, maxMs].toSorted((a, b) => a - b),
    );
    // A closed loop: connections / mean latency is the throughput.
    expect(5000 / meanMs / result.throughput).toBeGreaterThan(0.5);
    expect(5000 / meanMs / result.throughput).toBeLessThan(2);
  });

  it('adds up a series over several runs, and leaves warm-ups out', async () => {
    const { load } = started;
    load.reset();
    const slowly: RequestListener = (_request, response) => {
      setTimeout(() => response.end('late'), 60);
    };
    const fast = await jobFor((_request, response) => void response.end('hello'));
    const slow = await jobFor(slowly);
    await load.measure(slow);
    await load.measure({ ...fast, series: 'on' });
    expect((await load.latency('on')).maxMs).toBeGreaterThan(0);
    const before = await load.latency('on');
    await load.measure({ ...slow, series: 'on' });
    const after = await load.latency('on');
    expect(before.p50Ms).toBeLessThan(55);
    expect(after.maxMs).toBeGreaterThanOrEqual(55);
    expect(after.meanMs).toBeGreaterThan(before.meanMs);
    // Many fast answers and few slow ones: the median of all is that of the fast ones.
    expect(after.p50Ms).toBeLessThan(55);
    expect(await load.latency('off')).toMatchObject({ p50Ms: 0, maxMs: 0 });
  });

  it('sends several requests in turn, each connection from another start', async () => {
    const seen: string[] = [];
    const job = await jobFor(
      (request, response) => {
        seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
        request.resume().on('end', () => response.end('hello'));
      },
      {
        connections: 2,
        requests: [
          { path: '/a%2F1/?page=1', headers: { authorization: 'Token a' } },
          { path: '/b/', method: 'POST', body: '{"grade":97}' },
        ],
      },
    );
    const { failures } = await started.load.measure(job);
    expect(failures).toEqual(fine);
    const kinds = ['GET /a%2F1/?page=1 Token a', 'POST /b/ -'];
    expect(seen.slice(0, 2).toSorted()).toEqual(kinds);
    const [a, b] = kinds.map((kind) => seen.filter((one) => one === kind).length);
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(2);
  });

  it('counts answers by status, and none but 2xx as answered', async () => {
    let count = 0;
    const job = await jobFor((_request, response) => {
      count += 1;
      response.writeHead(count % 3 === 0 ? 500 : 200).end('{}');
    });
    const { statuses, answered, failures } = await started.load.measure(job);
    expect(Object.keys(statuses)).toEqual(['200', '500']);
    expect(answered).toBe(statuses[200]);
    expect(failures).toEqual({ ...fine, non2xx: statuses[500] });
  });

  it('counts connections that the server resets, and gives up on a server that is gone', async () => {
    const resetting = await jobFor((request) => void request.socket.resetAndDestroy());
    expect((await started.load.measure(resetting)).failures.errors).toBeGreaterThan(0);

    const { url, server } = await serve((_request, response) => void response.end());
    await new Promise((resolve) => server.close(resolve));
    const gone = await started.load.measure({ ...resetting, url, durationSeconds: 20 });
    expect(gone).toMatchObject({ answered: 0, statuses: {} });
    expect(gone.failures.errors).toBeGreaterThanOrEqual(1000);
    expect(gone.seconds).toBeLessThan(15);
  });

  it('counts requests that are lost because the server closes the connection', async () => {
    const job = await jobFor((request) => void request.socket.end());
    const { failures, answered } = await started.load.measure(job);
    expect(answered).toBe(0);
    expect(failures.lost + failures.errors).toBeGreaterThan(0);
  });

  it('counts bodies that are not the expected one, not characters cut in two', async () => {
    let count = 0;
    const wrong = await jobFor(
      (_request, response) => {
        count += 1;
        response.end(count % 4 === 0 ? 'bob' : 'alice');
      },
      { expectBody: 'alice' },
    );
    const { failures, answered } = await started.load.measure(wrong);
    expect(failures.mismatches).toBeGreaterThan(0);
    expect(failures).toEqual({ ...fine, mismatches: failures.mismatches });
    expect(failures.mismatches).toBeLessThan(answered / 2);

    // Three bytes each in large bodies: chunks end inside a character.
    const large = '学'.repeat(200_000);
    const right = await jobFor((_request, response) => void response.end(large), {
      expectBody: large,
    });
    const result = await started.load.measure(right);
    expect(result.answered).toBeGreaterThan(0);
    expect(result.failures).toEqual(fine);
  });

  it('answers nothing for a server that never answers', async () => {
    const job = await jobFor(() => {});
    const result = await started.load.measure(job);
    expect(result).toMatchObject({ sent: 5, answered: 0, throughput: 0, failures: fine });
    expect(result.latency.maxMs).toBe(0);
  });

  it('refuses any other host, a second job at a time, and an unknown method', async () => {
    const job = await jobFor((_request, response) => void response.end('hello'));
    const { load } = started;
    await expect(load.measure({ ...job, url: 'http://192.0.2.1/' })).rejects.toThrow(
      'Load goes to http://127.0.0.1 only',
    );
    const running = load.measure(job);
    await expect(load.measure(job)).rejects.toThrow('Another load is under way.');
    await running;
    const unknown = { ...job, requests: [{ path: '/', method: 'FETCH' }] };
    await expect(load.measure(unknown)).rejects.toThrow('FETCH');
    expect((await load.measure(job)).answered).toBeGreaterThan(0);
  });

  it('opens no debugger when it is asked to', async () => {
    const own = await startLoad();
    const said: string[] = [];
    own.child.stderr?.on('data', (text: string) => said.push(text));
    try {
      await own.load.measure(await jobFor((_request, response) => response.end('hello')));
      own.child.kill('SIGUSR1');
      await own.load.measure(await jobFor((_request, response) => response.end('hello')));
      expect(said).toEqual([]);
    } finally {
      await own.close();
    }
  });

  it('ends a load early when the signal fires, and can load again', async () => {
    const { load } = started;
    load.reset();
    const abort = new AbortController();
    const reason = new Error('left');
    const job = await jobFor((_request, response) => {
      abort.abort(reason);
      response.end('hello');
    });
    const long = { ...job, durationSeconds: 60, series: 'on' };
    await expect(load.measure(long, abort.signal)).rejects.toBe(reason);
    expect((await load.latency('on')).maxMs).toBe(0);
    expect((await load.measure(job)).answered).toBeGreaterThan(0);
  });
});

describe('the end of the load process', () => {
  it('follows a disconnect, also in the middle of a load', async () => {
    const own = await startLoad();
    try {
      const asked = new Promise<void>((resolve) => {
        void jobFor((_request, response) => {
          resolve();
          response.end('hello');
        }).then((job) =>
          own.channel.send({ kind: 'measure', id: 1, job: { ...job, durationSeconds: 60 } }),
        );
      });
      await asked;
      own.child.disconnect();
      expect(await own.end).toEqual({ code: 0, signal: null });
    } finally {
      await own.close();
    }
  });

  it('is told to whoever waits for a measurement', async () => {
    const own = await startLoad();
    try {
      const job = await jobFor((_request, response) => {
        own.child.kill('SIGKILL');
        response.end('hello');
      });
      await expect(own.load.measure({ ...job, durationSeconds: 60 })).rejects.toMatchObject({
        exitCode: 3,
        message: 'The load process ended (SIGKILL).',
      });
    } finally {
      await own.close();
    }
  });
});
