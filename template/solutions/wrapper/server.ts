import { createApp, start } from './app.ts';
import { cached } from './cached.ts';
import { askOrigin } from './origin.ts';

const askOnce = cached(askOrigin, (path) => path);

const app = createApp();

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const path = `/subjects/${encodeURIComponent(request.params.name)}/stats/`;
  const { status, body } = await askOnce(path, request.id);
  return reply.code(status).send(body);
});

await start(app);
