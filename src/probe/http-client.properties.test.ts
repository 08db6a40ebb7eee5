import { createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { always, anyText, cuts, inPieces, wellFormed } from '../properties.testing.ts';
import { createHttpClient, type Exchange } from './http-client.ts';

/** What the server sends for the next request, piece by piece; then it closes the connection. */
let pieces: readonly Uint8Array[] = [];
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.setNoDelay(true);
    socket.once('data', async () => {
      for (const piece of pieces) {
        socket.write(piece);
        await new Promise((done) => setImmediate(done));
      }
      socket.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => void server.close());

async function ask(bytes: Uint8Array, places: readonly number[]): Promise<Exchange> {
  pieces = inPieces(bytes, places);
  const client = createHttpClient({
    url,
    clock: { nowMs: () => performance.now() },
    limitMs: 400,
    limitBytes: 4_000,
  });
  try {
    // Of a method that is not sent again: each case is one connection.
    return await client.ask({ method: 'POST', path: '/' });
  } finally {
    expect(client.inFlight()).toEqual([]);
    client.closeConnections();
  }
}

const json = fc.jsonValue({ maxDepth: 3 });
const headerValue = fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/);

it('gives the answer that was sent: status, every header and cookie, body, however its bytes come', async () => {
  const headers = fc.dictionary(fc.stringMatching(/^x-[a-z]{1,8}$/), headerValue, { maxKeys: 3 });
  const cookies = fc.array(headerValue, { maxLength: 3 });
  const body = fc.oneof(
    json.map((value) => JSON.stringify(value)),
    anyText(60).map(wellFormed),
  );
  const status = fc.constantFrom(200, 201, 400, 404, 500, 599);
  await always(
    [status, headers, cookies, body, cuts, fc.boolean()],
    async (code, more, set, text, places, chunked) => {
      const bytes = Buffer.from(text);
      const framing = chunked ? 'transfer-encoding: chunked' : `content-length: ${bytes.length}`;
      const lines = [
        `HTTP/1.1 ${code} X`,
        framing,
        'connection: close',
        ...Object.entries(more).map(([name, value]) => `${name}: ${value}`),
        ...set.map((value) => `Set-Cookie: ${value}`),
      ];
      const chunks = chunked
        ? inPieces(bytes, places)
            .filter((piece) => piece.length > 0)
            .flatMap((piece) => [
              Buffer.from(`${piece.length.toString(16)}\r\n`),
              piece,
              Buffer.from('\r\n'),
            ])
        : [bytes];
      const end = chunked ? '0\r\n\r\n' : '';
      const exchange = await ask(
        Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), ...chunks, Buffer.from(end)]),
        places,
      );
      expect(exchange.kind).toBe('answer');
      if (exchange.kind !== 'answer') return;
      const { answer } = exchange;
      expect(answer).toMatchObject({ status: code, text, headers: more });
      const got = answer.headers['set-cookie'];
      expect([got ?? []].flat()).toEqual(set);
      let parsed: unknown;
      try {
        parsed = JSON.parse(text);
      } catch {
        parsed = undefined;
      }
      expect(answer.json).toEqual(parsed);
    },
    0.3,
  );
});

it('whatever bytes come before the end of a connection, the exchange ends with it', async () => {
  const line = fc.constantFrom(
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    'HTTP/1.1 103 Early\r\n\r\n',
    'HTTP/1.1 204 No\r\n\r\n',
    'content-length: 5\r\n',
    'content-length: 99999\r\n',
    'transfer-encoding: chunked\r\n',
    '\r\n',
    '5\r\nabcde\r\n',
    'ffffffffffffffff\r\n',
    '__proto__: x\r\n',
    'x'.repeat(5_000),
    '0\r\n\r\n',
  );
  const bytes = fc.array(
    fc.oneof(
      line.map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 12 }),
    ),
    { maxLength: 8 },
  );
  await always(
    [bytes, cuts],
    async (parts, places) => {
      const exchange = await ask(Buffer.concat(parts), places);
      // The server has closed: nothing that it sent is a reason to wait.
      expect(['answer', 'broken', 'too-large']).toContain(exchange.kind);
      if (exchange.kind === 'answer')
        expect(exchange.answer.text.length).toBeLessThanOrEqual(4_000);
    },
    0.3,
  );
});
