import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';

const { HOST = '127.0.0.1', PORT = '4101', REGISTRAR_URL, CACHE_BACKEND = 'memory' } = process.env;
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

const kept = new Map<string, string>();

function keep(path: string, text: string): void {
  kept.set(path, text);
  setTimeout(() => kept.delete(path), ttlMs).unref();
}

function answer(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

const server = createServer(async (request, response) => {
  const given = String(request.headers['x-request-id'] ?? '');
  const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.setHeader('x-request-id', requestId);
  const { pathname } = new URL(request.url ?? '/', 'http://here');
  const route = /^\/api\/v1(\/subjects\/[^/]+\/stats\/)$/.exec(pathname);
  const path = route?.[1];
  if (pathname === '/healthz') return answer(response, 200, '{"status":"ok"}');
  if (path === undefined) return answer(response, 404, '{"detail":"Not found."}');

  const text = kept.get(path);
  if (text !== undefined) return answer(response, 200, text);
  try {
    const headers = { 'x-request-id': requestId };
    const signal = AbortSignal.timeout(8_000);
    const said = await fetch(`${REGISTRAR_URL}${path}`, { headers, signal });
    const body = await said.text();
    if (said.status >= 500) throw new Error(`the origin answered ${said.status}`);
    if (said.status === 200 && CACHE_BACKEND === 'memory') keep(path, body);
    answer(response, said.status, body);
  } catch (error) {
    log(50, 'the request failed', { reqId: requestId, err: describe(error) });
    answer(response, 502, '{"detail":"The server could not answer."}');
  }
});

function describe(error: unknown) {
  const { name, message, stack } = error as Error;
  return { type: name, message, stack };
}

function log(level: number, msg: string, fields: object): void {
  process.stdout.write(`${JSON.stringify({ level, time: Date.now(), ...fields, msg })}\n`);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
server.listen(Number(PORT), HOST);
