import { randomUUID } from 'node:crypto';
import express, { type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import { askOrigin } from './origin.ts';

const caching = (process.env.CACHE_BACKEND ?? 'memory') === 'memory';
const ttl = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const max = Number(process.env.CACHE_MAX_ENTRIES ?? 10_000);

/** Answers as the texts that are sent. */
const texts = new LRUCache<string, string>({ max, ttl });
const list = new LRUCache<string, string>({ max: 1, ttl });

async function answer(
  request: Request,
  response: Response,
  path: string,
  cache?: LRUCache<string, string>,
): Promise<void> {
  const given = request.get('x-request-id') ?? '';
  const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.type('json').set('x-request-id', requestId);
  const kept = cache?.get(path);
  if (kept !== undefined) return void response.send(kept);
  try {
    const { status, body } = await askOrigin(path, requestId);
    const text = JSON.stringify(body);
    if (caching && status === 200) cache?.set(path, text);
    response.status(status).send(text);
  } catch (error) {
    const { name: type, message, stack } = error as Error;
    const record = { level: 50, time: Date.now(), msg: 'the request failed', reqId: requestId };
    process.stdout.write(`${JSON.stringify({ ...record, err: { type, message, stack } })}\n`);
    response.status(502).send('{"detail":"The server could not answer."}');
  }
}

const app = express();

app.get('/healthz', (_request, response) => void response.send('ok'));

app.get('/api/v1/subjects/', (request, response) => {
  const one = (value: unknown) => String([value ?? ''].flat()[0]);
  const lang = request.get('accept-language') === 'de' ? 'de' : 'en';
  const { search, page } = request.query;
  const wanted = new URLSearchParams({ lang, page: one(page) || '1', search: one(search) });
  return answer(request, response, `/subjects/?${wanted}`, texts);
});

app.get('/api/v1/announcements/', (request, response) =>
  answer(request, response, '/announcements/', list),
);

app.get('/api/v1/seats/:name/', (request, response) =>
  answer(request, response, `/seats/${encodeURIComponent(request.params.name)}/`),
);

const server = app.listen(Number(process.env.PORT ?? 4104), process.env.HOST ?? '127.0.0.1');
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
