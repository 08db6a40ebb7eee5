import { createServer } from 'node:http';
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { answerOf, clientOf } from './http-client.testing.ts';
import { monotonicClock as clock } from './waiting.ts';

/** A server that says exactly this, whatever it is asked. */
function saying(onData: (socket: Socket, count: number) => void): TcpServer {
  let count = 0;
  return createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => onData(socket, ++count));
  });
}

describe('sends', () => {
  const echo = () =>
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        response.end(
          JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() }),
        );
      });
    });

  test('the path as it is, and the headers that were given', async () => {
    const client = await clientOf(echo());
    const path = '/api/v1/subjects/C%23/../%2e%2e/?b=2&a=%20&&a';
    const { json } = await answerOf(client, { path, token: 'abc', headers: { Accept: '*/*' } });
    expect(json).toMatchObject({
      method: 'GET',
      url: path,
      headers: { authorization: 'Token abc', accept: '*/*' },
      body: '',
    });
  });

  test('a value as JSON, a string as it is', async () => {
    const client = await clientOf(echo());
    const json = async (body: unknown, headers = {}) =>
      (await answerOf(client, { method: 'post', path: '/', body, headers })).json;
    expect(await json({ grade: 'ü' })).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': '14' },
      body: '{"grade":"ü"}',
    });
    expect(await json('{oops', { 'Content-Type': 'text/plain' })).toMatchObject({
      headers: { 'content-type': 'text/plain' },
      body: '{oops',
    });
  });

  test('a header that was given instead of the one that is added', async () => {
    const client = await clientOf(echo());
    const { json } = await answerOf(client, {
      path: '/',
      token: 'abc',
      headers: { authorization: 'Bearer xyz' },
    });
    expect(json).toMatchObject({ headers: { authorization: 'Bearer xyz' } });
  });
});

describe('reads', () => {
  test('status, headers, text, JSON and the times', async () => {
    const client = await clientOf(
      createServer((_, response) => {
        response.writeHead(
          404,
          [
            ['X-One', 'a'],
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2'],
            ['Vary', 'x'],
            ['Vary', 'y'],
          ].flat(),
        );
        response.end('{"detail":"Überblick"}');
      }),
    );
    const before = clock.nowMs();
    const answer = await answerOf(client, { path: '/' });
    expect(answer).toMatchObject({ status: 404, json: { detail: 'Überblick' } });
    expect(answer.headers).toMatchObject({
      'x-one': 'a',
      'set-cookie': ['a=1', 'b=2'],
      vary: ['x', 'y'],
    });
    expect(answer.sentAtMs).toBeGreaterThanOrEqual(before);
    expect(answer.receivedAtMs).toBeGreaterThanOrEqual(answer.sentAtMs);
  });

  test('a redirect as it stands, and a body that is no JSON', async () => {
    const client = await clientOf(
      createServer((_, response) => response.writeHead(302, { location: '/x' }).end('moved')),
    );
    expect(await answerOf(client, { path: '/' })).toMatchObject({
      status: 302,
      text: 'moved',
      json: undefined,
    });
  });
});

describe('gives up on', () => {
  test('an answer that never comes', async () => {
    const client = await clientOf(
      createServer(() => {}),
      { limitMs: 80 },
    );
    expect(await client.ask({ path: '/' })).toEqual({
      kind: 'timed-out',
      limitMs: 80,
      status: undefined,
    });
    expect(client.inFlight()).toEqual([]);
  });

  test('a body without an end, though bytes keep coming', async () => {
    const client = await clientOf(
      createServer((_, response) => {
        const timer = setInterval(() => response.write('.'), 5);
        response.on('close', () => clearInterval(timer));
      }),
      { limitMs: 120 },
    );
    expect(await client.ask({ path: '/' })).toEqual({
      kind: 'timed-out',
      limitMs: 120,
      status: 200,
    });
  });

  test('a body that is too large', async () => {
    const client = await clientOf(
      createServer((_, response) => void response.end('x'.repeat(5_000))),
      { limitBytes: 4_096 },
    );
    expect(await client.ask({ path: '/' })).toEqual({ kind: 'too-large', limitBytes: 4_096 });
  });

  test.each([
    [
      'before an answer',
      'GET',
      (socket: Socket) => socket.destroy(),
      'the connection was closed before an answer',
    ],
    [
      'in its middle',
      'POST',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf'),
      'the connection was closed in the middle of the answer',
    ],
    [
      'that is no HTTP',
      'GET',
      (socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n'),
      'what came is no HTTP',
    ],
  ])('a connection that breaks %s', async (_, method, onData, detail) => {
    const client = await clientOf(saying(onData));
    expect(await client.ask({ path: '/', method })).toEqual({
      kind: 'broken',
      detail: expect.stringContaining(detail),
    });
  });

  test('a port that nobody listens on', async () => {
    const server = createServer();
    const client = await clientOf(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await client.ask({ path: '/' })).toEqual({
      kind: 'broken',
      detail: 'the connection was refused',
    });
  });
});

describe('a kept-alive connection', () => {
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
  const answersOnceEach = () => {
    const perSocket = new Map<Socket, number>();
    return saying((socket) => {
      const count = (perSocket.get(socket) ?? 0) + 1;
      perSocket.set(socket, count);
      if (count === 1) socket.write(ok);
      else socket.destroy();
    });
  };

  test('that the server closes as it is used again is no broken answer', async () => {
    const client = await clientOf(answersOnceEach());
    for (let round = 0; round < 4; round += 1) {
      expect((await answerOf(client, { path: '/' })).text).toBe('ok');
    }
  });

  test('is never used for what must not be sent twice', async () => {
    let connections = 0;
    const server = answersOnceEach().on('connection', () => {
      connections += 1;
    });
    const client = await clientOf(server);
    for (let round = 0; round < 3; round += 1)
      await answerOf(client, { path: '/', method: 'POST' });
    expect(connections).toBe(3);
  });
});

test('a request that cannot be written is our own fault', async () => {
  const client = await clientOf(createServer());
  await expect(client.ask({ path: '/a b' })).rejects.toThrow('unescaped');
  expect(client.inFlight()).toEqual([]);
});
