/*
 * The demonstration server of lab 9: one logger, two destinations, and a level that can be changed
 * while it runs.
 *
 * What the lab shows with it: how much it writes at debug, and what that costs. Its second file
 * takes warnings as well, so that the levels of logger and destination can be told apart; the file
 * of the exercise takes errors only.
 */
import pino from 'pino';
import { addLevelRoute } from './level-route.ts';
// The same files that learners are given.
import { createApp, listen } from './starter/app.ts';
import { addRoutes } from './starter/routes.ts';

const { LOG_LEVEL = 'info', ERROR_LOG } = process.env;

/** Each line is written before the call returns: unless it is told so, pino lets lines wait for each other. */
const writingTo = (dest: number | string) => pino.destination({ dest, sync: true });

/** Each has a level of its own: what a record must reach to be written there. */
const destinations: pino.StreamEntry[] = [{ level: 'trace', stream: writingTo(1) }];
if (ERROR_LOG) destinations.push({ level: 'warn', stream: writingTo(ERROR_LOG) });

/** The level here comes first: what does not reach it is no record at all. */
const logger = pino({ level: LOG_LEVEL }, pino.multistream(destinations));

const app = createApp(logger);
addRoutes(app);
addLevelRoute(app, logger);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void app.close());

await listen(app);
