/*
 * The API of lab 10 with the two lines that Fastify writes for each request, and no word of users and events.
 */
import { createApi } from './api.ts';
import { start } from './starter/start.ts';

await start(createApi(false));
