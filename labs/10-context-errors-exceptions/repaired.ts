/*
 * The API of lab 10 with a log that tells each request's story.
 */
import { createApi } from './api.ts';
import { start } from './starter/start.ts';

await start(createApi(true));
