import express, { type NextFunction, type Request, type Response } from 'express';
import { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import pino from 'pino';
import { askOrigin } from './origin.ts';

const { HOST = '127.0.0.1', PORT = '4101', CACHE_BACKEND, REDIS_URL = '' } = process.env;
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const log = pino(
  { level: process.env.LOG_LEVEL ?? 'info' },
  pino.destination({ dest: 1, sync: true }),
);

/** All that is known about one subject, by field: `stats`, `en`, `de`. */
interface Shelf {
  read(subject: string, field: string): Promise<object | undefined>;
  write(subject: string, field: string, value: object): Promise<void>;
  clear(subject: string): Promise<void>;
  close(): void;
}

function memoryShelf(): Shelf {
  const kept = new LRUCache<string, object>({ max: 10_000, ttl: ttlSeconds * 1000 });
  const fields = ['stats', 'en', 'de'];
  return {
    read: async (subject, field) => kept.get(`${field} ${subject}`),
    write: async (subject, field, value) => void kept.set(`${field} ${subject}`, value),
    clear: async (subject) => {
      for (const field of fields) kept.delete(`${field} ${subject}`);
    },
    close: () => {},
  };
}

function redisShelf(): Shelf {
  const redis = new Redis(REDIS_URL, {
    commandTimeout: 300,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: () => 250,
  });
  let told = 0;
  const complain = (error: Error) => {
    if (Date.now() - told < 1_000) return;
    told = Date.now();
    log.warn({ err: error }, 'Redis failed');
  };
  redis.on('error', complain);
  const shelf = (subject: string) => `school:shelf:${subject}`;
  return {
    read: async (subject, field) => {
      const text = await redis.hget(shelf(subject), field).catch(complain);
      return text ? JSON.parse(text) : undefined;
    },
    write: async (subject, field, value) => {
      // The TTL is the whole hash's, from its first field on: no field outlives it.
      const changes = redis.multi().hset(shelf(subject), field, JSON.stringify(value));
      await changes.expire(shelf(subject), ttlSeconds, 'NX').exec().catch(complain);
    },
    clear: async (subject) => void (await redis.del(shelf(subject)).catch(complain)),
    close: () => redis.disconnect(),
  };
}

const shelf =
  CACHE_BACKEND === 'redis' ? redisShelf() : CACHE_BACKEND === 'none' ? undefined : memoryShelf();

const app = express();
app.use(express.json({ strict: false }));
app.use((request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.locals.id = /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
  response.set('x-request-id', response.locals.id);
  next();
});

app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));

type Named = Request<{ name: string }>;

function read(
  fieldOf: (request: Named) => string,
  pathOf: (name: string, field: string) => string,
) {
  return async (request: Named, response: Response) => {
    const subject = request.params.name.toLowerCase();
    const field = fieldOf(request);
    const kept = await shelf?.read(subject, field);
    if (kept) return void response.json(kept);
    const path = pathOf(encodeURIComponent(request.params.name), field);
    const { status, body } = await askOrigin(path, response.locals.id);
    if (status === 200) await shelf?.write(subject, field, body as object);
    response.status(status).json(body);
  };
}

const languageOf = (request: Named) => (request.get('accept-language') === 'de' ? 'de' : 'en');
const one = '/api/v1/subjects/:name';
app.get(
  `${one}/stats`,
  read(
    () => 'stats',
    (name) => `/subjects/${name}/stats/`,
  ),
);
app.get(
  one,
  read(languageOf, (name, language) => `/subjects/${name}/?lang=${language}`),
);

app.put(one, async (request: Named, response) => {
  const token = /^Token (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  const { id } = response.locals;
  const user = token ? await askOrigin(`/tokens/${encodeURIComponent(token)}/`, id) : undefined;
  if (user === undefined || user.status !== 200)
    return void response.status(401).json({ detail: 'Who?' });
  const { role } = user.body as { role: string };
  if (role !== 'staff') return void response.status(403).json({ detail: 'Staff only.' });
  const path = `/subjects/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await askOrigin(path, id, { method: 'PUT', body: request.body });
  if (status === 200) await shelf?.clear(request.params.name.toLowerCase());
  response.status(status).json(body);
});

app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status >= 500) log.error({ err: error, reqId: response.locals.id }, 'the request failed');
  response.status(status).json({ detail: 'No answer could be given.' });
});

const server = app.listen(Number(PORT), HOST);
process.once('SIGTERM', () => {
  server.close(() => shelf?.close());
  server.closeIdleConnections();
});
