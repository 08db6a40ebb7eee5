/*
 * Given: the frame around the route: logs, request ids, errors, start and stop.
 * Nothing here needs to change.
 */
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError } from 'fastify';
import pino from 'pino';

export type App = ReturnType<typeof createApp>;

/** Makes the application: what `urls.py` and `settings.py` are in Django. */
export function createApp() {
  // One JSON object a line, written at once: no line is lost, however the server ends.
  const destination = pino.destination({ dest: 1, sync: true });
  const app = Fastify({
    loggerInstance: pino({ level: process.env.LOG_LEVEL ?? 'info' }, destination),
    requestIdHeader: false,
    // A client's own request id is kept if it is well-formed.
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    },
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  // Whatever a handler throws ends here: one error record, and an answer that tells no secrets.
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'the request failed');
    const detail = status >= 500 ? 'The server could not answer.' : error.message;
    return reply.code(status).send({ detail });
  });

  app.get('/healthz', async () => ({ status: 'ok' }));
  return app;
}

/** Listens until SIGTERM (or Ctrl+C), then answers what it has read, and ends. */
export async function start(app: App): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void app.close());
  }
  await app.listen({
    host: process.env.HOST ?? '127.0.0.1',
    port: Number(process.env.PORT ?? 4101),
  });
}
