import { randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { addRoutes } from './routes.ts';

interface Stored {
  headers: IncomingHttpHeaders;
  body: Buffer;
  since: number;
}

const { HOST = '127.0.0.1', PORT = '4106', CACHE_BACKEND = 'memory' } = process.env;
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

// The API itself: it knows of no cache, and only the proxy knows its port.
const api = createApp();
addRoutes(api);
await api.listen({ host: '127.0.0.1', port: 0 });
const { port: inner } = api.server.address() as AddressInfo;

/** By URL: what the response varies on, and the responses by the values of that. */
const store = new Map<string, { names: string[]; responses: Map<string, Stored> }>();

const parts = (value: string | undefined) =>
  (value ?? '').split(',').map((part) => part.trim().toLowerCase());
const isSignedIn = (headers: IncomingHttpHeaders) =>
  headers.authorization !== undefined || headers.cookie !== undefined;
const isPublic = (headers: IncomingHttpHeaders) =>
  parts(headers['cache-control']).includes('public');
const valuesOf = (headers: IncomingHttpHeaders, names: string[]) =>
  JSON.stringify(names.map((name) => headers[name] ?? false));

function idOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']?.toString() ?? '';
  return /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

function find({ method, url = '', headers }: IncomingMessage): Stored | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const known = store.get(url);
  const stored = known?.responses.get(valuesOf(headers, known.names));
  if (!stored || performance.now() - stored.since >= ttlMs) return undefined;
  return isSignedIn(headers) && !isPublic(stored.headers) ? undefined : stored;
}

function keep(
  request: IncomingMessage,
  status: number,
  headers: IncomingHttpHeaders,
  body: Buffer,
) {
  const { method, url = '' } = request;
  const control = parts(headers['cache-control']);
  const names = parts(headers.vary).filter((name) => name !== '');
  if (method !== 'GET' || status !== 200 || !url.startsWith('/pages/')) return;
  if (headers['set-cookie'] || names.includes('*')) return;
  if (control.some((part) => /^(private|no-store|no-cache)\b/.test(part))) return;
  if (isSignedIn(request.headers) && !isPublic(headers)) return;
  const known = store.get(url);
  const same = known !== undefined && known.names.join() === names.join();
  const responses = same ? known.responses : new Map<string, Stored>();
  responses.set(valuesOf(request.headers, names), { headers, body, since: performance.now() });
  store.set(url, { names, responses });
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const stored = CACHE_BACKEND === 'memory' ? find(request) : undefined;
  if (stored) {
    const age = Math.floor((performance.now() - stored.since) / 1000);
    response.writeHead(200, { ...stored.headers, age, 'x-request-id': idOf(request) });
    // Of an answer to HEAD Node sends the headers only, with the Content-Length that stands there.
    response.end(stored.body);
    return;
  }
  const { method, url, headers } = request;
  const onward = send({ host: '127.0.0.1', port: inner, method, path: url, headers });
  onward.on('error', () => response.writeHead(502).end());
  onward.on('response', (said) => {
    const { statusCode = 502 } = said;
    const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = said.headers;
    const chunks: Buffer[] = [];
    said.on('data', (chunk: Buffer) => chunks.push(chunk));
    said.on('error', () => response.destroy());
    said.on('end', () => {
      const body = Buffer.concat(chunks);
      keep(request, statusCode, kept, body);
      response.writeHead(statusCode, kept).end(body);
    });
  });
  request.pipe(onward);
}

const proxy = createServer(answer);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => proxy.close(() => void api.close()));
}
proxy.listen(Number(PORT), HOST);
