import type { Database } from './database.ts';
import { found, type Reply } from './reply.ts';

/** All announcements at once, the newest first: some 330 kB of JSON. */
export function readAnnouncements(database: Database): Reply {
  const results = database.all(
    'SELECT id, title, author, published_on, body FROM announcements ORDER BY id DESC',
  );
  return found({ count: results.length, next: null, previous: null, results });
}
