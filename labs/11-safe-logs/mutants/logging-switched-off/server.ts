import type { FastifyError } from 'fastify';
import pino from 'pino';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';
import { addStats } from './stats.ts';
import { type Credentials, whoAsks, whoHas } from './users.ts';

// Each of them names what goes in. What nobody named cannot get in.
const logger = pino(
  {
    level: process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent',
    serializers: {
      req: ({ method, url }) => ({ method, path: url.split('?')[0] }),
      err: ({ name, message, stack }: Error) => ({ type: name, message, stack }),
    },
  },
  pino.destination({ dest: 1, sync: true }),
);

const app = createApp(logger);
addStats(app);

app.addHook('onResponse', async (request, reply) => {
  const isGood = request.url.startsWith('/api/') && reply.statusCode < 400;
  if (!isGood || !logger.isLevelEnabled('debug')) return;
  try {
    const { body } = await askOrigin('/explain/', request.id);
    request.log.debug({ database: body }, 'what the database does');
  } catch (err) {
    request.log.debug({ err }, 'no detail of the database');
  }
});

app.setErrorHandler<FastifyError>((err, request, reply) => {
  const status = err.statusCode ?? 500;
  if (status >= 500) request.log.error({ err }, 'the request failed');
  const detail = status >= 500 ? 'The server could not answer.' : err.message;
  return reply.code(status).send({ detail });
});

app.post('/api/v1/users/login/', async (request, reply) => {
  const posted = request.body as Credentials;
  const { status, body } = await askOrigin('/tokens/', request.id, posted ?? null);
  if (status === 200) {
    const { userId } = await whoHas((body as { key: string }).key, request.id);
    request.log.info({ event: 'login', outcome: 'success', userId }, 'signed in');
  } else {
    request.log.warn({ event: 'login', outcome: 'failure' }, 'not signed in');
  }
  return reply.code(status).send(body);
});

app.get('/api/v1/me/locker/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
  request.log.debug({ userId }, 'a locker was opened');
  return reply.code(status).send(body);
});

await start(app);
