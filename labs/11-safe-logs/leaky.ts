/*
 * The API of the demonstration servers of lab 11, with a log that tells too much.
 *
 * Nothing in it is far-fetched: a list of names to redact, a request serializer, the error as the
 * HTTP client made it, the body for later, a line left over from a search for a bug. Each of them
 * lets something through.
 */
import type { FastifyError } from 'fastify';
import pino from 'pino';
// The same files that learners are given.
import { type App, createApp } from './starter/app.ts';
import { askOrigin } from './starter/origin.ts';
import { type Credentials, whoAsks, whoHas } from './starter/users.ts';

/** All routes but that of the statistics. */
export function createLeakyApp(): App {
  const logger = pino(
    {
      level: process.env.LOG_LEVEL ?? 'info',
      redact: ['password', 'token', 'req.headers.authorization'],
      serializers: { req: ({ method, url, headers }) => ({ method, url, headers }) },
    },
    pino.destination({ dest: 1, sync: true }),
  );
  const app = createApp(logger);

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
      const { key } = body as { key: string };
      const { userId } = await whoHas(key, request.id);
      request.log.info({ event: 'login', outcome: 'success', userId, posted, key }, 'signed in');
    } else {
      process.stdout.write(`no login for ${posted?.username}\n`);
      request.log.warn({ event: 'login', outcome: 'failure', ...posted }, 'not signed in');
    }
    return reply.code(status).send(body);
  });

  app.get('/api/v1/me/locker/', async (request, reply) => {
    const { userId } = await whoAsks(request);
    const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
    request.log.debug({ answer: body }, 'a locker was opened');
    return reply.code(status).send(body);
  });

  return app;
}
