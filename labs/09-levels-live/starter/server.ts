/*
 * Lab 9, exercise C1: a log that can be turned up and down while the server runs.
 *
 * The routes (given) write records at all six levels. Which of them are kept, and where, is decided
 * in this file. Today the level is fixed, and lines wait in memory until there are 16 kB of them or
 * five seconds are over. Change it:
 *
 * - LOG_LEVEL is the level at the start.
 * - POST /__loglevel with {"level": "debug"} changes it, from the next request on, and answers 200.
 *   It is for staff (staffOnly in request.ts): 401 without a good token, 403 for anybody else. What
 *   is none of the six levels is answered 400, and nothing changes.
 * - Each change is one record of event 'level.changed', whichever levels are before and after it.
 * - Where ERROR_LOG is set, error and fatal are written to that file as well, and nothing else is,
 *   whatever the level of the logger. stdout goes on getting all of them.
 * - On SIGTERM the server answers what it has read, and ends. No answered request's lines are
 *   missing then.
 * - As today, each line is a JSON object with level and time, and with reqId if it was written for
 *   a request.
 *
 * Nobody measures how fast it is: what counts is which lines are there.
 *
 * Check: course-labs check-answer 9 C1     Try by hand: course-labs serve 9 --mine
 */
import pino from 'pino';
import { createApp, listen } from './app.ts';
import { addRoutes } from './routes.ts';

const stdout = pino.destination({ dest: 1, sync: false, minLength: 16_000, periodicFlush: 5000 });
const logger = pino({ level: 'info' }, stdout);

const app = createApp(logger);
addRoutes(app);

await listen(app);
