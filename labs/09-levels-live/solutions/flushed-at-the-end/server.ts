import pino, { type Level } from 'pino';
import { createApp, listen } from './app.ts';
import { staffOnly } from './request.ts';
import { addRoutes } from './routes.ts';

const { LOG_LEVEL = 'info', ERROR_LOG } = process.env;
const { error } = pino.levels.values;

/** Lines wait for company: fewer writes, and a debt that must be paid at the end. */
const inBatches = { sync: false, minLength: 4096, periodicFlush: 100 };
const stdout = pino.destination({ dest: 1, ...inBatches });
const errorLog = ERROR_LOG ? pino.destination({ dest: ERROR_LOG, ...inBatches }) : undefined;

/** Both destinations as one. pino tells a stream that asks for it the level of each line. */
const both = {
  [Symbol.for('pino.metadata')]: true,
  lastLevel: 0,
  write(line: string) {
    stdout.write(line);
    if (this.lastLevel >= (error ?? 50)) errorLog?.write(line);
  },
};

const logger = pino({ level: LOG_LEVEL }, both);
const app = createApp(logger);
addRoutes(app);

app.post('/__loglevel', {
  schema: {
    body: { properties: { level: { enum: Object.keys(pino.levels.values) } }, required: ['level'] },
  },
  onRequest: async (request) => void (await staffOnly(request)),
  handler: async (request) => {
    const { level } = request.body as { level: Level };
    const from = logger.level;
    // At warn for a moment: so the record is written whichever two levels these are.
    logger.level = 'warn';
    request.log.warn({ event: 'level.changed', from, to: level }, 'the level was changed');
    logger.level = level;
    return { level };
  },
});

process.once('SIGTERM', async () => {
  // First the requests, since they still write. Then what they wrote.
  await app.close();
  stdout.flushSync();
  errorLog?.flushSync();
  process.exit(0);
});

await listen(app);
