import type { FastifyError } from 'fastify';
import pino from 'pino';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';
import { addStats } from './stats.ts';
import { type Credentials, whoAsks, whoHas } from './users.ts';

const logger = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    // Exact paths, one for each place where a secret can stand.
    redact: { paths: ['answer.key', 'answer.combination', 'err.config'], remove: true },
    serializers: {
      req: ({ method, routeOptions }) => ({ method, route: routeOptions?.url }),
    },
  },
  pino.destination({ dest: 1, sync: true }),
);

const app = createApp(logger);
addStats(app);

/** Only once the level is known, and never in the way of the answer. */
async function tellPlan(log: pino.BaseLogger, requestId: string): Promise<void> {
  const plan = await askOrigin('/explain/', requestId).catch(() => undefined);
  log.debug({ plan: plan?.body }, plan ? 'the plan of the database' : 'there is no plan');
}

app.addHook('onSend', async (request, reply) => {
  if (!request.url.startsWith('/api/') || reply.statusCode >= 300) return;
  if (logger.isLevelEnabled('debug')) await tellPlan(request.log, request.id);
});

app.setErrorHandler<FastifyError>((err, request, reply) => {
  const { statusCode = 500 } = err;
  if (statusCode < 500) return reply.code(statusCode).send({ detail: err.message });
  request.log.error({ err }, 'the request failed');
  return reply.code(statusCode).send({ detail: 'The server could not answer.' });
});

app.post('/api/v1/users/login/', async (request, reply) => {
  const posted = request.body as Credentials | null;
  const { status, body } = await askOrigin('/tokens/', request.id, posted ?? null);
  if (status !== 200) {
    // A name that is not known may be anything: it is cut, and it is a value.
    const username = String(posted?.username).slice(0, 40);
    request.log.warn({ event: 'login', outcome: 'failure', username }, 'refused');
    return reply.code(status).send(body);
  }
  const { userId } = await whoHas((body as { key: string }).key, request.id);
  request.log.info({ event: 'login', outcome: 'success', userId, answer: body }, 'signed in');
  return body;
});

app.get('/api/v1/me/locker/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
  request.log.debug({ answer: body }, 'a locker was opened');
  return reply.code(status).send(body);
});

await start(app);
