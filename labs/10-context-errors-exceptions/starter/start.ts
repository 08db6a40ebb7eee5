/*
 * Given: where the log goes, and how the server starts and stops. Nothing here needs to change.
 */
import type { FastifyInstance } from 'fastify';
import pino from 'pino';

/** One JSON object a line, written at once: no line is lost, however the server ends. */
export const stdout = pino.destination({ dest: 1, sync: true });

/** Listens until SIGTERM (or Ctrl+C), then answers what it has read, and ends. */
export async function start(app: FastifyInstance): Promise<void> {
  // Whether the server is up is asked all the time, and is nobody's story.
  app.get('/healthz', { logLevel: 'fatal' }, async () => ({ status: 'ok' }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void app.close());
  }
  await app.listen({
    host: process.env.HOST ?? '127.0.0.1',
    port: Number(process.env.PORT ?? 4110),
  });
}
