/* The server of lab 6 with the plug-in of a right answer: what the benchmark measures as "by the rules". */
import { addResponseCache } from './solutions/hooks/response-cache.ts';
import { createApp, start } from './starter/app.ts';
import { addRoutes } from './starter/routes.ts';

const app = createApp();
if ((process.env.CACHE_BACKEND ?? 'memory') === 'memory') addResponseCache(app);
addRoutes(app);
await start(app);
