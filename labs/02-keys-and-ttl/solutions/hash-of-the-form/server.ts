import { createHash, randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import { askOrigin, type OriginAnswer } from './origin.ts';

const { HOST = '127.0.0.1', PORT = '4102', CACHE_BACKEND = 'memory' } = process.env;
const cache = new LRUCache<string, OriginAnswer>({
  max: Number(process.env.CACHE_MAX_ENTRIES ?? 10_000),
  ttl: Number(process.env.CACHE_TTL_S ?? 60) * 1000,
});

const app = express();
app.set('query parser', 'simple');

app.use((request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.set('X-Request-Id', /^[\w-]{8,64}$/.test(given) ? given : randomUUID());
  next();
});

app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));

app.get('/api/v1/subjects/', async (request, response) => {
  const asked = { search: last(request.query.search), page: last(request.query.page) || '1' };
  const form = new URLSearchParams({ ...asked, lang: languageOf(request) });
  await answer('list', `/subjects/?${form}`, response);
});

app.get('/api/v1/subjects/:name/', async (request, response) => {
  const name = encodeURIComponent(request.params.name.toLowerCase());
  await answer('subject', `/subjects/${name}/?lang=${languageOf(request)}`, response);
});

app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
  const { name, message, stack } = error;
  const record = { level: 50, time: Date.now(), err: { type: name, message, stack } };
  process.stdout.write(`${JSON.stringify({ ...record, msg: 'the request failed' })}\n`);
  response.status(502).json({ detail: 'The server could not answer.' });
});

/** Of a parameter that stands twice, the last value. */
function last(value: unknown): string {
  return String([value].flat().at(-1) ?? '');
}

function languageOf(request: Request): string {
  return request.get('accept-language') === 'de' ? 'de' : 'en';
}

async function answer(route: string, path: string, response: Response): Promise<void> {
  const key = createHash('sha256').update(`${route} ${path}`).digest('base64url');
  let said = cache.get(key);
  if (said === undefined) {
    said = await askOrigin(path, String(response.get('X-Request-Id')));
    if (said.status === 200 && CACHE_BACKEND === 'memory') cache.set(key, said);
  }
  response.status(said.status).json(said.body);
}

const server = app.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
