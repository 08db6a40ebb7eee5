import { randomUUID } from 'node:crypto';
import express, { type NextFunction, type Request, type Response } from 'express';
import { LRUCache } from 'lru-cache';
import pino from 'pino';
import { askOrigin, type OriginAnswer } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const negativeTtlMs = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30) * 1000;
const graceMs = Number(process.env.CACHE_GRACE_S ?? 0) * 1000;

const log = pino(
  { level: process.env.LOG_LEVEL ?? 'info' },
  pino.destination({ dest: 1, sync: true }),
);

interface Question {
  name: string;
  requestId: string;
}

const askStats = ({ name, requestId }: Question) =>
  askOrigin(`/subjects/${encodeURIComponent(name)}/stats/`, requestId);

const cache = new LRUCache<string, OriginAnswer, Question>({
  max: Number(process.env.CACHE_MAX_ENTRIES ?? 10_000),
  ttl: ttlMs,
  // `fetch` calls this once for all who ask for a key that is not there, or has expired.
  fetchMethod: async (_key, _expired, { options, context }) => {
    const answer = await askStats(context);
    // The library takes 0 for ever, so what is not to be kept gets a millisecond.
    options.ttl = answer.status === 200 ? ttlMs : answer.status === 404 ? negativeTtlMs : 1;
    return answer;
  },
  // What has expired stays until something better is there, and who waits while its key is deleted gets an answer.
  noDeleteOnFetchRejection: true,
  ignoreFetchAbort: true,
});

async function statsOf(question: Question): Promise<OriginAnswer> {
  if (backend !== 'memory') return askStats(question);
  const key = question.name.toLowerCase();
  try {
    const answer = await cache.fetch(key, { context: question });
    return answer ?? (await askStats(question));
  } catch (err) {
    const expired = cache.peek(key, { allowStale: true });
    const expiredForMs = -cache.getRemainingTTL(key);
    if (expired?.status !== 200 || expiredForMs >= graceMs) throw err;
    log.warn({ event: 'stale', reqId: question.requestId, err }, 'served an expired answer');
    return expired;
  }
}

const app = express();
app.use(express.json());
app.use((request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.locals.requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.set('x-request-id', response.locals.requestId);
  next();
});

app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));

app.get('/api/v1/subjects/:name/stats/', async (request, response) => {
  const { requestId } = response.locals;
  const { status, body } = await statsOf({ name: request.params.name, requestId });
  response.status(status).json(body);
});

app.post('/api/v1/subjects/', async (request, response) => {
  const { requestId } = response.locals;
  const token = /^Token (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  const tokenPath = `/tokens/${encodeURIComponent(token ?? '')}/`;
  const user = token === undefined ? undefined : await askOrigin(tokenPath, requestId);
  if (user?.status !== 200) return void response.status(401).json({ detail: 'Sign in.' });
  const { role } = user.body as { role: string };
  if (role !== 'staff') return void response.status(403).json({ detail: 'This is for staff.' });
  const { status, body } = await askOrigin('/subjects/', requestId, request.body ?? null);
  if (status === 201) cache.delete(String(request.body.name).toLowerCase());
  response.status(status).json(body);
});

app.use((err: unknown, _request: Request, response: Response, _next: NextFunction) => {
  const status = (err as { status?: number; statusCode?: number }).statusCode ?? 500;
  if (status >= 500) log.error({ err, reqId: response.locals.requestId }, 'the request failed');
  response.status(status).json({ detail: 'The server could not answer.' });
});

const server = app.listen(Number(process.env.PORT ?? 4101), process.env.HOST ?? '127.0.0.1');
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
  });
}
