import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import pino, { type Logger } from 'pino';
import { askOrigin } from './origin.ts';
import { statsOf } from './stats.ts';
import { whoHas } from './users.ts';

const logger = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    base: null,
    serializers: {
      err: ({ name, message, stack }: Error) => ({ type: name, message, stack }),
    },
  },
  pino.destination({ dest: 1, sync: true }),
);

interface Known {
  id: string;
  log: Logger;
}

/** Gives each request its id and its logger, and one line when it is answered. */
const identify: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  const id = /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
  const log = logger.child({ reqId: id });
  Object.assign(response.locals, { id, log } satisfies Known);
  response.set('x-request-id', id);
  response.on('finish', () => {
    const { method, path } = request;
    const { statusCode: status } = response;
    log.info({ method, path: path.slice(0, 100), status }, 'answered');
    const isGood = status < 400 && path.startsWith('/api/');
    if (isGood && log.isLevelEnabled('debug')) void tellPlan({ id, log });
  });
  next();
};

async function tellPlan({ id, log }: Known): Promise<void> {
  try {
    const { body } = await askOrigin('/explain/', id);
    log.debug({ plan: body }, 'the plan');
  } catch {
    log.debug('there is no plan');
  }
}

const known = (response: express.Response) => response.locals as Known;

class Refused extends Error {
  readonly statusCode = 401;
}

const app = express();
app.use(identify);
app.get('/healthz', (_, response) => void response.json({ status: 'ok' }));

app.post('/api/v1/users/login/', express.json({ limit: '1mb' }), async (request, response) => {
  const { id, log } = known(response);
  const { status, body } = await askOrigin('/tokens/', id, request.body ?? null);
  if (status === 200) {
    const { userId } = await whoHas((body as { key: string }).key, id);
    log.info({ event: 'login', outcome: 'success', userId }, 'login');
  } else log.warn({ event: 'login', outcome: 'failure' }, 'login');
  response.status(status).json(body);
});

app.get('/api/v1/me/locker/', async (request, response) => {
  const { id } = known(response);
  const token = /^Token (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (token === undefined) throw new Refused('A token is needed.');
  const { userId } = await whoHas(token, id);
  const { status, body } = await askOrigin(`/students/${userId}/locker/`, id);
  response.status(status).json(body);
});

app.get('/api/v1/subjects/:name/stats/', async (request, response) => {
  const { status, body } = await statsOf(request.params.name, known(response).id);
  response.status(status).json(body);
});

/** Of a body that cannot be parsed, express hangs the whole text onto the error: only failures of ours are logged. */
const answerError: ErrorRequestHandler = (err, _request, response, _next) => {
  const status = err.statusCode ?? 500;
  if (status >= 500) known(response).log.error({ err }, 'the request failed');
  response.status(status).json({ detail: status >= 500 ? 'It failed.' : 'It was refused.' });
};
app.use(answerError);

const server = app.listen(Number(process.env.PORT ?? 4111), process.env.HOST ?? '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});
