import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drawFreePort, isFree } from './free-port.ts';
import { buildEntries, openTestRuntime, type TestRuntime } from './runtime.testing.ts';

let distFolder: string;
let test: TestRuntime;

beforeAll(async () => {
  distFolder = await buildEntries({ keeper: './keeper-process.ts' });
  test = openTestRuntime(distFolder);
});
afterAll(async () => {
  await test.close();
  rmSync(distFolder, { recursive: true });
});

describe('a port that is taken', () => {
  const strangers: { close(): unknown }[] = [];
  afterEach(() => {
    for (const server of strangers.splice(0)) server.close();
  });

  async function takenPort(stranger: Server | ReturnType<typeof createTcpServer>): Promise<number> {
    strangers.push(stranger);
    await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
    return (stranger.address() as AddressInfo).port;
  }
  const httpStranger = () =>
    createServer((_request, response) => response.end('I am somebody else'));
  const muteStranger = () => createTcpServer((socket) => socket.destroy());

  it('is named when the caller chose it', async () => {
    const port = await takenPort(httpStranger());
    await expect(test.launch('minimal', { port })).rejects.toMatchObject({
      exitCode: 3,
      message: `Port ${port} of 127.0.0.1 is taken by another program.`,
      nextStep: expect.stringContaining('--port'),
    });
  });

  it('is changed when we chose it, and never taken for the answer', async () => {
    for (const stranger of [httpStranger(), muteStranger()]) {
      const taken = await takenPort(stranger);
      let draws = 0;
      const drawPort = async () => {
        draws += 1;
        return draws === 1 ? taken : drawFreePort();
      };
      const other = openTestRuntime(distFolder, { drawPort });
      const server = await other.start('minimal');
      expect(draws).toBe(2);
      expect(server.port).not.toBe(taken);
      expect(await (await fetch(`${server.url}/x`)).json()).toEqual({ detail: 'hello /x' });
      await other.close();
    }
  });

  it('is our fault when all are taken, and its own when it takes one twice', async () => {
    const taken = await takenPort(muteStranger());
    const other = openTestRuntime(distFolder, { drawPort: async () => taken });
    await expect(other.launch('minimal')).rejects.toMatchObject({ exitCode: 3 });
    await other.close();
    const result = await test.launch('takes-port-twice');
    expect(result).toMatchObject({
      kind: 'failed',
      failure: { reason: 'exited', message: expect.stringContaining('EADDRINUSE') },
    });
  });
});

it('a port is drawn below those of outgoing connections, and free', async () => {
  const port = await drawFreePort();
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_000);
  expect(await isFree(port)).toBe(true);
  const stranger = createTcpServer();
  await new Promise<void>((done) => stranger.listen(port, '127.0.0.1', done));
  expect(await isFree(port)).toBe(false);
  await expect(drawFreePort(() => (port - 20_000 + 0.5) / 12_000)).rejects.toThrow('no free port');
  stranger.close();
});
