import pino from 'pino';
import { createApp, listen } from './app.ts';
import { staffOnly } from './request.ts';
import { addRoutes } from './routes.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const { LOG_LEVEL = 'info', ERROR_LOG } = process.env;

const inBatches = { minLength: 512 * 1024, maxWrite: 1024 * 1024 };
const targets: pino.TransportTargetOptions[] = [
  { target: 'pino/file', level: 'trace', options: { destination: 1, ...inBatches } },
];
if (ERROR_LOG) {
  targets.push({ target: 'pino/file', level: 'error', options: { destination: ERROR_LOG } });
}

const logger = pino({ level: LOG_LEVEL }, pino.transport({ targets }));

const app = createApp(logger);
addRoutes(app);

app.post<{ Body: { level?: unknown } | null }>('/__loglevel', async (request, reply) => {
  const { userId } = await staffOnly(request);
  const level = levels.find((name) => name === request.body?.level);
  if (level === undefined) {
    return reply.code(400).send({ detail: `A level is one of ${levels.join(', ')}.` });
  }
  const from = logger.level;
  logger.level = 'info';
  request.log.info({ event: 'level.changed', userId, from, to: level }, 'the level was changed');
  logger.level = level;
  return { level };
});

await listen(app);
