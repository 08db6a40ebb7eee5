import pino, { type Level } from 'pino';
import { createApp, listen } from './app.ts';
import { staffOnly } from './request.ts';
import { addRoutes } from './routes.ts';

const { LOG_LEVEL = 'info', ERROR_LOG } = process.env;

const writingTo = (dest: number | string) => pino.destination({ dest, sync: true });
const isLevel = (value: unknown): value is Level =>
  Object.values(pino.levels.labels).includes(value as string);

const streams: pino.StreamEntry[] = [{ level: 'trace', stream: writingTo(1) }];
if (ERROR_LOG) streams.push({ level: 'error', stream: writingTo(ERROR_LOG) });

/** What requests that begin now are logged at. */
let current: Level = isLevel(LOG_LEVEL) ? LOG_LEVEL : 'info';

// The root lets everything pass. Each request's own logger has the level, for as long as it lives.
const root = pino({ level: 'trace' }, pino.multistream(streams));
const app = createApp(root);
app.setChildLoggerFactory((parent, bindings, options) =>
  parent.child(bindings, { ...options, level: current }),
);
addRoutes(app);

app.post<{ Body: { level?: unknown } | null }>('/__loglevel', async (request, reply) => {
  const { userId } = await staffOnly(request);
  const wanted = request.body?.level;
  if (!isLevel(wanted)) return reply.code(400).send({ detail: 'There is no such level.' });
  const change = { event: 'level.changed', reqId: request.id, userId, from: current, to: wanted };
  root.info(change, 'requests have another level from now on');
  current = wanted;
  return { level: current };
});

process.once('SIGTERM', async () => {
  await app.close();
  process.exit(0);
});

await listen(app);
