/*
 * A second demonstration server of lab 4: a handler so cheap that a cache slows it down. It reads the
 * announcements once, at its start, and keeps them in a variable; with CACHE_BACKEND=memory there
 * is node-cache in front of that.
 */
import NodeCache from 'node-cache';
import { createApp, start } from './starter/app.ts';
import { askOrigin } from './starter/origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const stdTTL = Number(process.env.CACHE_TTL_S ?? 60);
// As it comes: whatever is stored is copied, and copied again for everyone who gets it.
const cache = backend === 'memory' ? new NodeCache({ stdTTL }) : undefined;

const { body: announcements } = await askOrigin('/announcements/', 'at-the-start');

const app = createApp();

app.get('/api/v1/announcements/', async () => {
  const kept = cache?.get('announcements');
  if (kept !== undefined) return kept;
  cache?.set('announcements', announcements);
  return announcements;
});

await start(app);
