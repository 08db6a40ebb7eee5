import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import pino from 'pino';
import { keptGrades, loadGrades, pageOf, postGrade } from './grades.ts';
import { askOrigin } from './origin.ts';
import { stdout } from './start.ts';
import { demandStaff, signIn, signOut, type User, whoAsks } from './users.ts';

const { HOST = '127.0.0.1', PORT = '4110', LOG_LEVEL = 'info' } = process.env;
const root = pino({ level: LOG_LEVEL }, stdout);

/** Everything that the given files need to know of a request. */
const asking = (request: Request, id: string) => ({ id, headers: request.headers });

const traced: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  const id = /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
  response.locals.id = id;
  response.locals.log = root.child({ reqId: id });
  response.set('x-request-id', id);
  const startedAt = performance.now();
  response.on('finish', () => {
    const { method, path } = request;
    const { statusCode: status } = response;
    const ms = Math.round(performance.now() - startedAt);
    response.locals.log.info({ method, path, status, ms }, 'answered');
  });
  next();
};

const signedIn: RequestHandler = async (request, response, next) => {
  const user = await whoAsks(asking(request, response.locals.id));
  response.locals.user = user;
  response.locals.log = response.locals.log.child({ userId: user.userId });
  next();
};

const staffOnly: RequestHandler = (_request, response, next) => {
  demandStaff(response.locals.user as User);
  next();
};

/** Does it, tells it where it succeeded, and answers. */
function doing(
  event: string,
  work: (request: Request, id: string, user: User) => Promise<{ status: number; body: unknown }>,
): RequestHandler {
  return async (request, response) => {
    const { id, user, log } = response.locals;
    const { status, body } = await work(request, id, user);
    if (status < 400) log.info({ event, outcome: 'success' }, event);
    response.status(status);
    if (body === undefined) response.end();
    else response.json(body);
  };
}

const failed: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = error.statusCode ?? error.status ?? 500;
  if (status >= 500) response.locals.log.error({ err: error }, 'the request failed');
  const detail = status >= 500 ? `Sorry. Tell us ${response.locals.id}.` : error.message;
  response.status(status).json({ detail });
};

const app = express();
app.disable('x-powered-by');
app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
app.use(traced, express.json());

app.post('/api/v1/users/login/', async (request, response) => {
  const { status, body, userId } = await signIn(request.body, response.locals.id);
  const isIn = status === 200;
  const record = { event: 'login', outcome: isIn ? 'success' : 'failure', userId };
  response.locals.log[isIn ? 'info' : 'warn'](record, 'login');
  response.status(status).json(body);
});
app.use('/api/v1', signedIn);
app.post(
  '/api/v1/users/logout/',
  doing('logout', async (request, id) => {
    await signOut(asking(request, id));
    return { status: 204, body: undefined };
  }),
);
app.get(
  '/api/v1/me/grades/',
  doing('grades.read', async (request, id, { userId }) => {
    const page = pageOf(request);
    return keptGrades(userId, page) ?? loadGrades(userId, page, id);
  }),
);
app.post(
  '/api/v1/students/:id/grades/',
  staffOnly,
  doing('grade.created', ({ params, body }, id) => postGrade(String(params.id), body, id)),
);
app.put(
  '/api/v1/subjects/:name/',
  staffOnly,
  doing('subject.updated', ({ params, body }, id) => {
    const path = `/subjects/${encodeURIComponent(String(params.name))}/`;
    return askOrigin(path, id, { method: 'PUT', body });
  }),
);
app.use(failed);

const server = app.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
