import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LoadJob } from '../load/job.ts';
import { type StartedLoad, startLoad } from '../load/start-load.testing.ts';
import { runBench } from './bench.ts';
import { latencyOfMs, noFailures } from './figures.testing.ts';
import { type BenchTarget, createMeasure, type MeasureTools } from './measure.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const request = { variant: 'on', round: 0, durationSeconds: 2, connections: 20 };

describe('createMeasure', () => {
  /** A server whose counters move when the load runs, and again until the origin is idle. */
  function fake(change: Partial<BenchTarget> = {}) {
    const log: string[] = [];
    const jobs: LoadJob[] = [];
    let calls = 5;
    let cpuMs = 70;
    let logBytes = 900;
    const target: BenchTarget = {
      url: 'http://127.0.0.1:1',
      usage: async () => ({ cpuMs, memoryBytes: 1000 + cpuMs }),
      lastError: () => undefined,
      endedHow: () => undefined,
      trouble: async () => undefined,
      logBytes: () => logBytes,
      originCount: async () => calls,
      async originIdle() {
        log.push('idle');
        calls += 3;
        cpuMs += 1;
      },
      ...change,
    };
    const load: MeasureTools['load'] = {
      async measure(job) {
        log.push('load');
        jobs.push(job);
        calls += 40;
        cpuMs += 20;
        logBytes += 1200;
        return {
          sent: 120,
          answered: 100,
          seconds: 2.01,
          throughput: 100 / 2.01,
          latency: latencyOfMs(1),
          statuses: { 200: 100 },
          failures: noFailures,
        };
      },
    };
    const tools = { load, requests: [{ path: '/' }], stableBody: false, target: () => target };
    return { log, jobs, tools };
  }

  it('counts what came in between two idle moments of the origin', async () => {
    const { log, jobs, tools } = fake();
    const { figures, serverError } = await createMeasure(tools)(request);
    expect(log).toEqual(['idle', 'load', 'idle']);
    expect(figures).toEqual({
      durationSeconds: 2.01,
      sent: 120,
      answered: 100,
      throughput: 100 / 2.01,
      latency: latencyOfMs(1),
      // 40 in the load and 3 that were in flight; the 3 before it are not counted.
      originCalls: 43,
      cpuMs: 21,
      memoryBytes: 1092,
      logBytes: 1200,
      failures: noFailures,
    });
    expect(serverError).toBeUndefined();
    const url = 'http://127.0.0.1:1';
    const requests = [{ path: '/' }];
    expect(jobs).toEqual([{ url, requests, connections: 20, durationSeconds: 2, series: 'on' }]);
  });

  it('says how a server ended rather than what it wrote last', async () => {
    const { tools } = fake({
      lastError: () => ({ message: 'Error: an old one', place: undefined }),
      endedHow: () => 'the server ended by SIGKILL',
    });
    const { serverError } = await createMeasure(tools)(request);
    expect(serverError).toBe('the server ended by SIGKILL');
  });

  it('gives no figures where something of ours broke meanwhile, though every answer may be fine', async () => {
    const { tools } = fake({ trouble: async () => 'The redis-server of the course ended.' });
    await expect(createMeasure(tools)(request)).rejects.toMatchObject({
      exitCode: 3,
      message: 'The redis-server of the course ended.',
    });
  });

  it('keeps warm-ups out of the series', async () => {
    const { jobs, tools } = fake();
    await createMeasure(tools)({ ...request, round: undefined });
    expect(jobs[0]).not.toHaveProperty('series');
  });

  it('does not know the CPU time where the system does not tell', async () => {
    const { tools } = fake({ usage: async () => undefined });
    const { figures } = await createMeasure(tools)(request);
    expect(figures).toMatchObject({ cpuMs: undefined, memoryBytes: undefined });
  });

  it('tells the last error with its place', async () => {
    const message = 'TypeError: x is not a function';
    const place = { file: 'server.ts', line: 31, column: 14 };
    const placed = fake({ lastError: () => ({ message, place }) });
    const bare = fake({ lastError: () => ({ message, place: undefined }) });
    expect((await createMeasure(placed.tools)(request)).serverError).toBe(
      `${message} at server.ts:31:14`,
    );
    expect((await createMeasure(bare.tools)(request)).serverError).toBe(message);
  });

  it('asks each variant once for the body that all its answers must have', async () => {
    const asked: string[] = [];
    const url = await serve((incoming, response) => {
      asked.push(`${incoming.url} ${incoming.headers['accept-language']}`);
      response.end(`Überblick ${asked.length}`);
    });
    const { jobs, tools } = fake({ url });
    const requests = [{ path: '/%C3%9C/?a=1', headers: { 'Accept-Language': 'de' } }];
    const measure = createMeasure({ ...tools, requests, stableBody: true });
    await measure({ ...request, round: undefined });
    await measure(request);
    await measure({ ...request, variant: 'off' });
    expect(asked).toEqual(['/%C3%9C/?a=1 de', '/%C3%9C/?a=1 de']);
    expect(jobs.map(({ expectBody }) => expectBody)).toEqual([
      'Überblick 1',
      'Überblick 1',
      'Überblick 2',
    ]);
  });

  it('expects no body of a server that fails or is gone: the load will tell', async () => {
    const failing = await serve((_incoming, response) => void response.writeHead(500).end('no'));
    for (const url of [failing, 'http://127.0.0.1:1']) {
      const { jobs, tools } = fake({ url });
      await createMeasure({ ...tools, stableBody: true })(request);
      expect(jobs[0]).not.toHaveProperty('expectBody');
    }
  });

  it('sends no load once the signal has fired', async () => {
    const { log, tools } = fake();
    const reason = new Error('left');
    await expect(createMeasure(tools)(request, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(log).not.toContain('load');
  });
});

describe('a benchmark with real load', () => {
  let started: StartedLoad;
  beforeAll(async () => {
    started = await startLoad();
  });
  afterAll(() => started.close());

  it('sees what the cache saves', async () => {
    const calls = { off: 0, on: 0 };
    const off = await serve((_incoming, response) => {
      calls.off += 1;
      setTimeout(() => response.end('grades'), 20);
    });
    const on = await serve((_incoming, response) => {
      if (calls.on === 0) calls.on += 1;
      response.end('grades');
    });
    const target = (variant: string): BenchTarget => ({
      url: variant === 'on' ? on : off,
      usage: async () => undefined,
      lastError: () => undefined,
      endedHow: () => undefined,
      trouble: async () => undefined,
      logBytes: () => 0,
      originCount: async () => (variant === 'on' ? calls.on : calls.off),
      originIdle: async () => {},
    });
    const report = await runBench({
      title: 'GET /',
      server: 'demonstration',
      path: '/',
      variants: [
        { name: 'off', label: 'cache off' },
        { name: 'on', label: 'cache on' },
      ],
      options: { rounds: 3, durationSeconds: 0.3, connections: 4, warmUpSeconds: 0.1 },
      startAnew: async () => {},
      measure: createMeasure({
        load: started.load,
        requests: [{ path: '/' }],
        stableBody: true,
        target,
      }),
      load: started.load,
    });
    if (report.kind === 'refused') throw new Error(report.reason);
    const [without, cached] = report.variants;
    expect(without).toMatchObject({ failed: 0, cpuMsPer1000Requests: undefined });
    expect(without?.originCalls).toBeGreaterThanOrEqual(without?.answered ?? Number.NaN);
    expect(cached).toMatchObject({ originCalls: 0, hitRate: 1, failed: 0 });
    expect(without?.latency.p50Ms).toBeGreaterThan(15);
    expect(cached?.latency.p50Ms).toBeGreaterThan(0);
    expect(report.speedups[0]?.ratio).toBeGreaterThan(1);
    expect(report.measurements).toHaveLength(6);
  });
});
