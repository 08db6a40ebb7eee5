import { createApp, start } from './app.ts';
import { addResponseCache } from './response-cache.ts';
import { addRoutes } from './routes.ts';

const app = createApp();
if ((process.env.CACHE_BACKEND ?? 'memory') === 'memory') addResponseCache(app);
addRoutes(app);
await start(app);
