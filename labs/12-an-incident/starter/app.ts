/*
 * Given: the frame around the routes: request ids, start and stop. The logger comes from server.ts.
 * Nothing here needs to change.
 */
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import type { Logger } from 'pino';

export type App = ReturnType<typeof createApp>;

/** Makes the application around a logger: what `urls.py` and `settings.py` are in Django. */
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

  // Whether the server is up is asked all the time, and is nobody's story.
  app.get('/healthz', { logLevel: 'fatal' }, async () => ({ status: 'ok' }));
  return app;
}

/** Listens until SIGTERM (or Ctrl+C), then answers what it has read, and ends. */
export async function start(app: App): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void app.close());
  }
  await app.listen({
    host: process.env.HOST ?? '127.0.0.1',
    port: Number(process.env.PORT ?? 4112),
  });
}
