/*
 * The demonstration server of lab 3: reads are cached, and a write goes past the cache.
 *
 * That is its flaw: until an entry expires, it says what was true when it was filled.
 */
import { change, readThrough, serveSubjects } from './subjects-api.ts';

await serveSubjects({ read: readThrough, write: change });
