import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import pino from 'pino';
import { FatalError } from './app.ts';
import { askOrigin } from './origin.ts';
import { pageOf, staffOnly, whoAsks } from './request.ts';
import { statisticsOf } from './statistics.ts';

const { HOST = '127.0.0.1', PORT = '4109', LOG_LEVEL = 'info', ERROR_LOG } = process.env;
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const toStdout = pino.destination({ dest: 1, sync: true });
const toFile = ERROR_LOG ? pino.destination({ dest: ERROR_LOG, sync: true }) : undefined;

/** Two destinations, without a multistream: a hook sees each line once, with its level. */
const logger = pino(
  {
    level: LOG_LEVEL,
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: {
      streamWrite: (line) => {
        if (/^\{"level":"(error|fatal)"/.test(line)) toFile?.write(line);
        return line;
      },
    },
  },
  toStdout,
);

/** What the given files know as the request: its id, and a logger that tells it. */
const named: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  const id = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  Object.assign(request, { id, log: logger.child({ reqId: id }) });
  response.set('x-request-id', id);
  next();
};

/** A request that the middleware has named. */
type Named = Request & { id: string; log: pino.Logger };
type Send = (status: number, body: unknown) => void;

function route(handle: (request: Named, send: Send) => Promise<void>): RequestHandler {
  return (request, response) =>
    handle(request as Named, (status, body) => {
      // Once it closes, an answer ends its connection: a client that keeps it open would keep the process.
      if (!server.listening) response.set('connection', 'close');
      response.status(status).json(body);
    });
}

const failed: ErrorRequestHandler = (error, request, response, _next) => {
  const { log } = request as Named;
  const status = error.statusCode ?? error.status ?? 500;
  if (error instanceof FatalError) log.fatal({ err: error }, error.message);
  else if (status >= 500) log.error({ err: error }, 'the request failed');
  else log.warn({ status, reason: error.message }, 'the request was refused');
  response.status(status).json({ detail: status >= 500 ? 'No answer today.' : error.message });
};

const app = express();
app.use(named);
app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
app.use(express.json());

app.get(
  '/api/v1/subjects/:name/stats/',
  route(async (request, send) => {
    const { status, body } = await statisticsOf(request, request.params.name);
    send(status, body);
  }),
);

app.get(
  '/api/v1/me/grades/',
  route(async (request, send) => {
    const { userId } = await whoAsks(request);
    const path = `/students/${userId}/grades/?page=${pageOf(request)}`;
    const { status, body } = await askOrigin(request, { what: 'page of grades', path });
    if (status === 200 && (body as { owner: number }).owner !== userId) {
      throw new FatalError("another student's grades came");
    }
    if (status === 200) {
      request.log.info({ event: 'grades.read', userId, outcome: 'success' }, 'grades were read');
    }
    send(status, body);
  }),
);

app.post(
  '/api/v1/users/login/',
  route(async (request, send) => {
    const posted = request.body ?? {};
    const { status, body } = await askOrigin(request, { what: 'token', path: '/tokens/', posted });
    const [level, outcome] =
      status === 200 ? (['info', 'success'] as const) : (['warn', 'failure'] as const);
    request.log[level]({ event: 'login', outcome }, 'a sign-in');
    send(status, body);
  }),
);

app.post(
  '/__loglevel',
  route(async (request, send) => {
    const { userId } = await staffOnly(request);
    const level = levels.find((name) => name === request.body?.level);
    if (level === undefined) return send(400, { detail: 'There is no such level.' });
    const from = logger.level;
    logger.level = 'trace';
    request.log.info({ event: 'level.changed', userId, from, to: level }, 'the level was changed');
    logger.level = level;
    send(200, { level });
  }),
);

app.use(failed);

const server = app.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
