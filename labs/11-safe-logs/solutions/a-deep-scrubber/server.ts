import type { FastifyError } from 'fastify';
import pino from 'pino';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';
import { scrub } from './scrub.ts';
import { addStats } from './stats.ts';
import { type Credentials, whoAsks, whoHas } from './users.ts';

const logger = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    // Every record goes through here, whoever wrote it.
    formatters: { log: (fields) => scrub(fields) as Record<string, unknown> },
    serializers: {
      req: ({ method, url, ip }) => ({ method, url: String(url).split('?')[0], ip }),
      // It has been taken apart before.
      err: (err) => err,
    },
  },
  pino.destination({ dest: 1, sync: true }),
);

const app = createApp(logger);
addStats(app);

app.addHook('onResponse', async (request, reply) => {
  if (!logger.isLevelEnabled('debug')) return;
  if (reply.statusCode !== 200 || request.routeOptions.url === '/healthz') return;
  await askOrigin('/explain/', request.id).then(
    ({ body }) => request.log.debug({ explained: body }, 'what the database does'),
    (err: unknown) => request.log.debug({ err }, 'the database does not tell'),
  );
});

app.setErrorHandler<FastifyError>((err, request, reply) => {
  const status = err.statusCode ?? 500;
  const level = status >= 500 ? 'error' : 'debug';
  request.log[level]({ err }, 'the request failed');
  const detail = status >= 500 ? 'The server could not answer.' : err.message;
  return reply.code(status).send({ detail });
});

app.post('/api/v1/users/login/', async (request, reply) => {
  // What came from outside stands under a name of its own, so that its keys are nobody's but its own.
  const posted = request.body as Credentials;
  const { status, body } = await askOrigin('/tokens/', request.id, posted ?? null);
  if (status === 200) {
    const { userId } = await whoHas((body as { key: string }).key, request.id);
    request.log.info({ event: 'login', outcome: 'success', userId, posted }, 'signed in');
  } else {
    request.log.warn({ event: 'login', outcome: 'failure', posted }, 'not signed in');
  }
  return reply.code(status).send(body);
});

app.get('/api/v1/me/locker/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
  request.log.debug({ answer: body }, 'a locker was opened');
  return reply.code(status).send(body);
});

await start(app);
