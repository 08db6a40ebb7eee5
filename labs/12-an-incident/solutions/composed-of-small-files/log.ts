import type { FastifyError } from 'fastify';
import pino, { type Logger } from 'pino';
import type { App } from './app.ts';
import { askOrigin } from './origin.ts';

/** A logger that writes of a request and of an error what is named here, and nothing else. */
export function createLogger(): Logger {
  return pino(
    {
      level: process.env.LOG_LEVEL ?? 'info',
      serializers: {
        req: ({ method, url }: { method: string; url: string }) => ({ method, path: pathOf(url) }),
        err: ({ name, message, stack }: Error) => ({ type: name, message, stack }),
      },
    },
    pino.destination({ dest: 1, sync: true }),
  );
}

const pathOf = (url: string) => url.split('?')[0]?.slice(0, 200);

/** One record for each request that fails; its client is told no more than that. */
export function tellFailures(app: App): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'the request failed');
    const detail = status >= 500 ? 'The server could not answer.' : 'The request is not right.';
    return reply.code(status).send({ detail });
  });
}

/** At debug: what the database says of itself, for each request to the API that succeeds. */
export function tellPlans(app: App, logger: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    const isTold = request.url.startsWith('/api/') && reply.statusCode < 400;
    if (!isTold || !logger.isLevelEnabled('debug')) return;
    try {
      const { body: plan } = await askOrigin('/explain/', request.id);
      request.log.debug({ plan }, 'what the database says');
    } catch {
      request.log.debug('the database says nothing');
    }
  });
}
