import type { FastifyReply, FastifyRequest } from 'fastify';
import { createApp, start } from './app.ts';
import { addRoutes } from './routes.ts';

/** A whole response, as it was sent. */
interface Stored {
  status: number;
  headers: ReturnType<FastifyReply['getHeaders']>;
  body: string;
  /** On the clock of `performance.now()`, in milliseconds. */
  storedAtMs: number;
}

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const store = new Map<string, Stored>();
/** What the last response to a URL varied on, and when what is stored of this URL is too old. */
const pages = new Map<string, { names: string[]; endMs: number }>();

const listOf = (header: unknown) =>
  String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

const isPersonal = ({ headers }: FastifyRequest) =>
  headers.authorization !== undefined || headers.cookie !== undefined;

function keyOf({ url, headers }: FastifyRequest, names: readonly string[]): string {
  return JSON.stringify([url, ...names.map((name) => headers[name] ?? null)]);
}

function mayServe(request: FastifyRequest, { headers }: Stored): boolean {
  return !isPersonal(request) || listOf(headers['cache-control']).includes('public');
}

function mayStore(request: FastifyRequest, reply: FastifyReply): boolean {
  const control = listOf(reply.getHeader('cache-control'));
  if (request.method !== 'GET' || reply.statusCode !== 200) return false;
  if (reply.hasHeader('set-cookie')) return false;
  if (listOf(reply.getHeader('vary')).includes('*')) return false;
  if (['private', 'no-store', 'no-cache'].some((each) => control.includes(each))) return false;
  return !isPersonal(request) || control.includes('public');
}

function find(request: FastifyRequest): Stored | undefined {
  const { method, url } = request;
  const page = pages.get(url);
  if ((method !== 'GET' && method !== 'HEAD') || page === undefined) return undefined;
  if (performance.now() >= page.endMs) return undefined;
  const stored = store.get(keyOf(request, page.names));
  return stored && mayServe(request, stored) ? stored : undefined;
}

const app = createApp();
app.log.info({ backend, ttlMs }, 'cache settings');

if (backend === 'memory') {
  app.addHook('onRequest', async (request, reply) => {
    const stored = find(request);
    if (stored === undefined) return;
    const age = Math.floor((performance.now() - stored.storedAtMs) / 1000);
    return reply.code(stored.status).headers(stored.headers).header('age', age).send(stored.body);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || find(request) || !mayStore(request, reply)) return;
    const names = listOf(reply.getHeader('vary')).sort();
    const { statusCode: status } = reply;
    const storedAtMs = performance.now();
    pages.set(request.url, { names, endMs: storedAtMs + ttlMs });
    store.set(keyOf(request, names), {
      status,
      headers: reply.getHeaders(),
      body: payload,
      storedAtMs,
    });
  });
}

addRoutes(app);
await start(app);
