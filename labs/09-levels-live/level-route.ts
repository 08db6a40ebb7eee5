import type { Logger } from 'pino';
import type { App } from './starter/app.ts';
import { staffOnly } from './starter/request.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** Lets staff change the level of the running logger; each change is a record of event `level.changed`. */
export function addLevelRoute(app: App, logger: Logger): void {
  app.post<{ Body: { level?: unknown } | null }>('/__loglevel', async (request, reply) => {
    const { userId } = await staffOnly(request);
    const level = levels.find((name) => name === request.body?.level);
    if (level === undefined) {
      return reply.code(400).send({ detail: `A level is one of ${levels.join(', ')}.` });
    }
    const from = logger.level;
    // Written whichever the two levels are: who reads the log must see why it grew, or fell silent.
    logger.level = 'info';
    request.log.info({ event: 'level.changed', userId, from, to: level }, 'the level was changed');
    logger.level = level;
    return { level };
  });
}
