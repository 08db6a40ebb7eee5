import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import Keyv from 'keyv';
import { askOrigin, type OriginAnswer } from './origin.ts';

const { HOST = '127.0.0.1', PORT = '4102', CACHE_BACKEND = 'memory' } = process.env;
const cache = new Keyv<OriginAnswer>({ ttl: Number(process.env.CACHE_TTL_S ?? 60) * 1000 });

const keyOf = (...parts: string[]) => ['subjects', ...parts].map(encodeURIComponent).join('/');

const app = new Hono();

app.get('/healthz', (context) => context.json({ status: 'ok' }));

app.get('/api/v1/subjects/', (context) => {
  const search = context.req.query('search') ?? '';
  const page = context.req.query('page') || '1';
  const lang = languageOf(context);
  const path = `/subjects/?${new URLSearchParams({ search, page, lang })}`;
  return answer(keyOf('list', search, page, lang), path, context);
});

app.get('/api/v1/subjects/:name/', (context) => {
  const name = context.req.param('name').toLowerCase();
  const lang = languageOf(context);
  const path = `/subjects/${encodeURIComponent(name)}/?lang=${lang}`;
  return answer(keyOf('one', name, lang), path, context);
});

app.onError((error, context) => {
  const { name, message, stack } = error;
  const record = { level: 50, time: Date.now(), err: { type: name, message, stack } };
  process.stdout.write(`${JSON.stringify({ ...record, msg: 'the request failed' })}\n`);
  return context.json({ detail: 'The server could not answer.' }, 502);
});

function languageOf(context: Context): string {
  return context.req.header('accept-language') === 'de' ? 'de' : 'en';
}

async function answer(key: string, path: string, context: Context): Promise<Response> {
  const given = context.req.header('x-request-id') ?? '';
  const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  context.header('x-request-id', requestId);
  const kept = CACHE_BACKEND === 'memory' ? await cache.get(key) : undefined;
  const said = kept ?? (await askOrigin(path, requestId));
  if (!kept && said.status === 200 && CACHE_BACKEND === 'memory') await cache.set(key, said);
  return context.body(JSON.stringify(said.body), said.status as 200, {
    'content-type': 'application/json',
  });
}

const server = serve({ fetch: app.fetch, hostname: HOST, port: Number(PORT) });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
