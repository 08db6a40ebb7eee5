import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import Keyv from 'keyv';
import { askOrigin, OriginError } from './origin.ts';

const {
  HOST = '127.0.0.1',
  PORT = '4107',
  CACHE_BACKEND = 'memory',
  CACHE_TTL_S = '60',
} = process.env;
const ttlMs = Number(CACHE_TTL_S) * 1000;

interface Asker {
  token: string;
  userId: number;
  role: 'student' | 'staff';
}

/** A cache for each student: thrown away as a whole when a grade is posted. */
const caches = new Map<string, Keyv>();

function cacheOf(studentId: string): Keyv {
  const cache = caches.get(studentId) ?? new Keyv({ ttl: ttlMs });
  caches.set(studentId, cache);
  return cache;
}

const named: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.locals.requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.set('x-request-id', response.locals.requestId);
  next();
};

const signedIn: RequestHandler = async (request, response, next) => {
  const token = /^Token (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  const path = `/tokens/${encodeURIComponent(token)}/`;
  const known = token === '' ? undefined : await askOrigin(path, response.locals.requestId);
  if (known?.status !== 200) return void response.status(401).json({ detail: 'No good token.' });
  response.locals.asker = { token, ...(known.body as object) } as Asker;
  next();
};

/** Passes on what the origin says about the student who asks; keeps it where it may be kept. */
function ownData(what: 'grades' | 'stats' | 'locker', isKept: boolean): RequestHandler {
  return async (request, response) => {
    const { userId } = response.locals.asker as Asker;
    const page = [request.query.page ?? '1'].flat()[0];
    const key = `${what}/?page=${encodeURIComponent(String(page || '1'))}`;
    const cache = isKept && CACHE_BACKEND === 'memory' ? cacheOf(`${userId}`) : undefined;
    const kept = await cache?.get(key);
    if (kept !== undefined) return void response.json(kept);
    const { status, body } = await askOrigin(
      `/students/${userId}/${key}`,
      response.locals.requestId,
    );
    if (status === 200) await cache?.set(key, body);
    response.status(status).json(body);
  };
}

const failed: ErrorRequestHandler = (error, _request, response, _next) => {
  const { requestId } = response.locals;
  const status = error instanceof OriginError ? error.statusCode : (error.status ?? 500);
  const err = { type: error.name, message: error.message, stack: error.stack };
  const record = { level: status < 500 ? 40 : 50, time: Date.now(), reqId: requestId, err };
  process.stdout.write(`${JSON.stringify({ ...record, msg: 'the request failed' })}\n`);
  response.status(status).json({ detail: 'The request failed.' });
};

const app = express();
app.use(named);
app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
app.use('/api/v1', signedIn, express.json());
app.get('/api/v1/me/grades/', ownData('grades', true));
app.get('/api/v1/me/stats/', ownData('stats', true));
app.get('/api/v1/me/locker/', ownData('locker', false));
app.post('/api/v1/students/:id/grades/', async (request, response) => {
  const { role } = response.locals.asker as Asker;
  if (role !== 'staff') return void response.status(403).json({ detail: 'This is for staff.' });
  const { id } = request.params;
  const path = `/students/${encodeURIComponent(id)}/grades/`;
  const change = { method: 'POST', body: request.body } as const;
  const { status, body } = await askOrigin(path, response.locals.requestId, change);
  caches.delete(id);
  response.status(status).json(body);
});
app.post('/api/v1/users/logout/', async (_request, response) => {
  const { token } = response.locals.asker as Asker;
  await askOrigin(`/tokens/${token}/`, response.locals.requestId, { method: 'DELETE' });
  response.status(204).end();
});
app.use(failed);

const server = app.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
