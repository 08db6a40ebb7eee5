import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type StartedLoad, startLoad } from './start-load.testing.ts';
import { type Pulse, pulseProblem, type TrafficCount, trafficProblem } from './traffic-job.ts';

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

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sends traffic until `enough` says so. */
async function trafficUntil(url: string, enough: (counts: readonly TrafficCount[]) => boolean) {
  const counts: TrafficCount[] = [];
  const over = new AbortController();
  const end = await started.load.traffic(
    { url, requests: [{ path: '/a' }, { path: '/b' }], connections: 3 },
    (count) => {
      counts.push(count);
      if (enough(counts)) over.abort();
    },
    over.signal,
  );
  return { end, counts };
}

const sum = (counts: readonly TrafficCount[], field: keyof TrafficCount) =>
  counts.reduce((total, count) => total + count[field], 0);

describe('traffic', () => {
  it('goes on until it is stopped, and tells what came of it some ten times a second', async () => {
    const paths = new Set<string>();
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      paths.add(request.url ?? '');
      response.writeHead(asked % 4 === 0 ? 503 : 200).end('{}');
    });
    const { end, counts } = await trafficUntil(url, (all) => all.length === 8);
    expect(end).toBe('stopped');
    expect([...paths].toSorted()).toEqual(['/a', '/b']);
    const answered = sum(counts, 'answered');
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThanOrEqual(asked);
    // Each connection may have an answer under way.
    expect(Math.abs(sum(counts, 'failed') - answered / 4)).toBeLessThanOrEqual(3);
    expect(sum(counts, 'lost')).toBe(0);
    expect(sum(counts, 'elapsedMs')).toBeGreaterThanOrEqual(8 * 90);
    // Nothing is sent after it: its connections are closed, and another job finds the process free.
    const [server] = servers;
    const connections = () =>
      new Promise<number>((resolve) => server?.getConnections((_, count) => resolve(count)));
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const again = await trafficUntil(url, (all) => sum(all, 'answered') > 0);
    expect(again.end).toBe('stopped');
  });

  it('gives up on a server that is gone', async () => {
    const url = await serve((_request, response) => void response.end());
    const [server] = servers.splice(0);
    await new Promise((resolve) => server?.close(resolve));
    const { end, counts } = await trafficUntil(url, () => false);
    expect(end).toBe('gave-up');
    expect(sum(counts, 'answered')).toBe(0);
  });

  it('is refused within the process as well: any other host, no requests, too many connections', async () => {
    const job = { url: 'http://127.0.0.1:1', requests: [{ path: '/' }], connections: 1 };
    const { signal } = new AbortController();
    const send = (change: object) => started.load.traffic({ ...job, ...change }, () => {}, signal);
    await expect(send({ url: 'http://192.0.2.1/' })).rejects.toThrow('127.0.0.1 only');
    await expect(send({ requests: [] })).rejects.toThrow('1 to 1,000 requests, not 0');
    await expect(send({ connections: 51 })).rejects.toThrow('1 to 50 connections, not 51');
    expect(trafficProblem({ ...job, connections: 50 })).toBeUndefined();
    expect(trafficProblem({ ...job, connections: 1.5 })).toContain('not 1.5');
  });

  it('is not begun where it was stopped before, and ends with the process', async () => {
    const url = await serve((_request, response) => void response.end());
    const job = { url, requests: [{ path: '/' }], connections: 1 };
    expect(await started.load.traffic(job, () => {}, AbortSignal.abort())).toBe('stopped');
    const own = await startLoad();
    const under = own.load.traffic(
      job,
      () => own.child.kill('SIGKILL'),
      new AbortController().signal,
    );
    await expect(under).rejects.toThrow('The load process ended (SIGKILL)');
    await own.close();
  });
});

describe('a pulse', () => {
  it('asks at its pace, tells the delay of each answer, and sends none while one waits', async () => {
    let open = 0;
    let most = 0;
    const url = await serve((request, response) => {
      open += 1;
      most = Math.max(most, open);
      const wait = request.url === '/slow' ? 130 : 0;
      setTimeout(() => {
        open -= 1;
        response.end('ok');
      }, wait);
    });
    const take = async (path: string, count: number) => {
      const pulses: Pulse[] = [];
      const over = new AbortController();
      const end = await started.load.pulse(
        { url, path, everyMs: 20 },
        (pulse) => {
          pulses.push(pulse);
          if (pulses.length === count) over.abort();
        },
        over.signal,
      );
      return { end, pulses };
    };
    const quick = await take('/healthz', 5);
    expect(quick.end).toBe('stopped');
    expect(quick.pulses.every(({ delayMs = 0 }) => delayMs > 0)).toBe(true);
    const slow = await take('/slow', 3);
    expect(Math.min(...slow.pulses.map(({ delayMs = 0 }) => delayMs))).toBeGreaterThan(120);
    expect(most).toBe(1);
  });

  it('tells that nothing came, and goes on', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      if (asked === 1) request.socket.resetAndDestroy();
      else response.end('ok');
    });
    const pulses: Pulse[] = [];
    const over = new AbortController();
    await started.load.pulse(
      { url, path: '/healthz', everyMs: 20 },
      (pulse) => {
        pulses.push(pulse);
        if (pulses.length === 2) over.abort();
      },
      over.signal,
    );
    expect(pulses[0]?.delayMs).toBeUndefined();
    expect(pulses[1]?.delayMs).toBeGreaterThan(0);
  });

  it('has its bounds', () => {
    const job = { url: 'http://127.0.0.1:1', path: '/', everyMs: 100 };
    expect(pulseProblem(job)).toBeUndefined();
    expect(pulseProblem({ ...job, url: 'http://localhost:1' })).toContain('127.0.0.1 only');
    expect(pulseProblem({ ...job, everyMs: 5 })).toContain('not every 5 ms');
  });
});
