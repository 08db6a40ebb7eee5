import { randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import { askOrigin, OriginError } from './origin.ts';

interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface Kept extends Page {
  keptAt: number;
}

const { HOST = '127.0.0.1', PORT = '4106', CACHE_BACKEND = 'memory' } = process.env;
const ttl = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const max = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);
const pages = new LRUCache<string, Kept>({ max, ttl });
const varying = new LRUCache<string, string[]>({ max, ttl });

const words = (text = '') =>
  text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
const fromSomeone = (request: Request) =>
  'authorization' in request.headers || 'cookie' in request.headers;

/** Each header's name with its value; an absent one has none, which is not the empty text. */
function keyOf(request: Request, names: readonly string[]): string {
  const parts = names.map((name) => {
    const value = request.get(name);
    return value === undefined ? name : `${name}=${encodeURIComponent(value)}`;
  });
  return [request.originalUrl, ...parts].join('\n');
}

function fromStore(request: Request, response: Response, next: NextFunction): void {
  const names = varying.get(request.originalUrl);
  const kept = names && pages.get(keyOf(request, names));
  const isPublic = words(kept?.headers['cache-control']).includes('public');
  if (kept === undefined || (fromSomeone(request) && !isPublic)) {
    next();
  } else {
    response.set('age', String(Math.floor((Date.now() - kept.keptAt) / 1000)));
    send(response, kept);
  }
}

function keep(request: Request, page: Page): void {
  const control = words(page.headers['cache-control']).map((word) => word.split('=')[0]);
  const names = words(page.headers.vary).filter(Boolean).sort();
  const refused =
    request.method !== 'GET' ||
    page.status !== 200 ||
    page.headers['set-cookie'] !== undefined ||
    names.includes('*') ||
    ['private', 'no-store', 'no-cache'].some((word) => control.includes(word)) ||
    (fromSomeone(request) && !control.includes('public'));
  if (refused) return;
  varying.set(request.originalUrl, names);
  pages.set(keyOf(request, names), { ...page, keptAt: Date.now() });
}

function send(response: Response, page: Page): void {
  response.status(page.status).set(page.headers).send(page.body);
}

const app = express();
app.disable('x-powered-by');
app.use(express.json());
app.use((request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.locals.requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.set('x-request-id', response.locals.requestId);
  next();
});

app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));

const store = CACHE_BACKEND === 'memory' ? [fromStore] : [];
app.get('/pages/:id/', ...store, async (request, response) => {
  const path = `/pages/${encodeURIComponent(String(request.params.id))}/`;
  const { status, body } = await askOrigin(path, response.locals.requestId);
  if (status !== 200) return void response.status(status).json(body);
  const { headers, ...rest } = body as Page;
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const page = { ...rest, headers: Object.fromEntries(lower) };
  if (store.length > 0) keep(request, page);
  send(response, page);
});

app.post('/api/v1/users/login/', async (request, response) => {
  const { status, body } = await askOrigin(
    '/tokens/',
    response.locals.requestId,
    request.body ?? {},
  );
  response.status(status).json(body);
});

app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
  const { name, message, stack } = error;
  const record = {
    level: 50,
    time: Date.now(),
    msg: 'the request failed',
    err: { type: name, message, stack },
  };
  process.stdout.write(`${JSON.stringify(record)}\n`);
  const status =
    error instanceof OriginError ? 502 : 'status' in error ? Number(error.status) : 500;
  response.status(status).json({ detail: 'The server could not answer.' });
});

const server = app.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
