import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CourseError } from '../errors.ts';
import { connectRegistrar } from './client.ts';
import { type StartedProcess, startProcess, startRegistrar } from './start-registrar.testing.ts';

const open: StartedProcess[] = [];
const keep = <Started extends StartedProcess>(started: Started): Started => {
  open.push(started);
  return started;
};

afterEach(async () => {
  for (const started of open.splice(0)) await started.close();
});

describe('the process', () => {
  it('ends when its parent lets go of it, also with calls under way', async () => {
    const { child, end, registrar } = keep(await startRegistrar(1));
    const held = await registrar.hold({});
    const reading = fetch(`${registrar.url}/explain/`).catch(() => 'broken');
    await held.arrived();
    child.disconnect();
    expect(await end).toEqual({ code: 0, signal: null });
    expect(await reading).toBe('broken');
  });

  it('takes a host and a port', async () => {
    const port = await freePort();
    const started = keep(await startProcess('1', '127.0.0.1', String(port)));
    const registrar = await connectRegistrar(started.channel);
    expect(registrar.url).toBe(`http://127.0.0.1:${port}`);
    expect((await fetch(`${registrar.url}/subjects/`)).status).toBe(200);
  });

  it('tells that its port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const started = keep(await startProcess('1', '127.0.0.1', String(port)));
    const error: unknown = await connectRegistrar(started.channel).catch((thrown) => thrown);
    server.close();
    expect(error).toBeInstanceOf(CourseError);
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining('EADDRINUSE') });
  });

  it.each(['', 'x', '1.5'])('has no school for the seed "%s"', async (seed) => {
    const started = keep(await startProcess(seed));
    const error: unknown = await connectRegistrar(started.channel).catch((thrown) => thrown);
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining('not a seed') });
  });

  it('makes what waits fail when it dies, and whatever comes later', async () => {
    const { child, registrar } = keep(await startRegistrar(1));
    const held = await registrar.hold({});
    const waiting = held.arrived(1, 60_000).catch((thrown: unknown) => thrown);
    child.kill('SIGKILL');
    const first: unknown = await waiting;
    const later: unknown = await registrar.reset().catch((thrown: unknown) => thrown);
    for (const error of [first, later]) {
      expect(error).toBeInstanceOf(CourseError);
      expect(error).toMatchObject({
        exitCode: 3,
        message: expect.stringMatching(/^The registrar .*SIGKILL/),
      });
    }
    expect(() => registrar.onCall(() => undefined)()).not.toThrow();
  });
});

describe('its controls', () => {
  it('are not to be reached over HTTP', async () => {
    const { registrar } = keep(await startRegistrar(1));
    await fetch(`${registrar.url}/explain/`);
    const commands = ['reset', 'clearRules', 'calls', 'fail', 'script', 'ask'];
    for (const command of commands) {
      for (const path of [`/${command}`, `/${command}/`, `/control/${command}/`, '/']) {
        const message = JSON.stringify({ id: 1, command, input: {} });
        const answer = await fetch(`${registrar.url}${path}`, { method: 'POST', body: message });
        expect(answer.status).toBe(404);
      }
    }
    expect(await registrar.count()).toBe(1 + commands.length * 4);
  });

  it('refuse what is malformed, and go on', async () => {
    const { child, registrar } = keep(await startRegistrar(1));
    const said: unknown[] = [];
    child.on('message', (message) => said.push(message));
    for (const message of [
      'nonsense',
      null,
      {},
      { id: 901, command: 'explode', input: {} },
      { id: 902, command: 'constructor', input: {} },
      { id: 903, command: 'reset', input: { now: true } },
      { id: 904, command: 'script', input: { pageId: 'x', page: { status: 1 } } },
    ]) {
      child.send(message as object);
    }
    await expect(registrar.fail({ status: 204 })).rejects.toThrow('400 to 599');
    const failed = said.filter((message) => (message as { kind: string }).kind === 'failed');
    expect(failed).toMatchObject([
      { id: 0 },
      { id: 0 },
      { id: 0 },
      { id: 901, message: 'there is no command explode' },
      { id: 902 },
      { id: 903, message: expect.stringContaining('now') },
      { id: 904 },
      { message: expect.stringContaining('400 to 599') },
    ]);
    expect(await registrar.count()).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
