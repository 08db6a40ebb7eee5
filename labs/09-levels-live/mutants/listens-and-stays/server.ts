import pino from 'pino';
import { createApp, listen } from './app.ts';
import { staffOnly } from './request.ts';
import { addRoutes } from './routes.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const { LOG_LEVEL = 'info', ERROR_LOG } = process.env;

const writingTo = (dest: number | string) => pino.destination({ dest, sync: true });

// The level of a destination is only a second look. The first one must let everything pass.
const streams: pino.StreamEntry[] = [{ level: 'trace', stream: writingTo(1) }];
if (ERROR_LOG) streams.push({ level: 'error', stream: writingTo(ERROR_LOG) });

const logger = pino({ level: LOG_LEVEL }, pino.multistream(streams));

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

process.once('SIGTERM', () => logger.info('the server was told to end'));

await listen(app);
