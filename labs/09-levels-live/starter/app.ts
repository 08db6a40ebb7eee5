/*
 * Given: the frame around the routes: request ids, errors, and where to listen. Which logger it
 * uses is decided in server.ts. Nothing here needs to change.
 */
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError } from 'fastify';
import type { Logger } from 'pino';

export type App = ReturnType<typeof createApp>;

/** Something that must wake somebody up: its record is written at fatal. */
export class FatalError extends Error {
  readonly statusCode = 502;
}

/** Makes the application. Each request gets a child of the logger, `request.log`, which knows its id. */
export function createApp(logger: Logger) {
  const app = Fastify({
    loggerInstance: logger,
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

  // Once the server closes, an answer ends its connection: a client that keeps it open would keep the process.
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });

  // Whatever a handler throws ends here: one record, and an answer that tells no secrets.
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (error instanceof FatalError) request.log.fatal({ err: error }, error.message);
    else if (status >= 500) request.log.error({ err: error }, 'the request failed');
    else request.log.warn({ status, reason: error.message }, 'the request was refused');
    const detail = status >= 500 ? 'The server could not answer.' : error.message;
    return reply.code(status).send({ detail });
  });

  app.get('/healthz', async () => ({ status: 'ok' }));
  return app;
}

/** Listens. What SIGTERM does is decided in server.ts. */
export async function listen(app: App): Promise<void> {
  await app.listen({
    host: process.env.HOST ?? '127.0.0.1',
    port: Number(process.env.PORT ?? 4109),
  });
}
