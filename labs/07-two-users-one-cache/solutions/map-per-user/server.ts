import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';
import { pageOf, staffOnly, tokenOf, whoAsks } from './request.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

interface Entry {
  body: unknown;
  /** On the clock of `performance.now()`. */
  endsAtMs: number;
}

/** What is kept for one user, by path: nothing in it can be somebody else's. */
type Drawer = Map<string, Entry>;

const drawers = new Map<number, Drawer>();

function drawerOf(userId: number): Drawer {
  const drawer = drawers.get(userId) ?? new Map();
  if (backend === 'memory') drawers.set(userId, drawer);
  return drawer;
}

const app = createApp();

for (const what of ['grades', 'stats']) {
  app.get(`/api/v1/me/${what}/`, async (request, reply) => {
    const { userId } = await whoAsks(request);
    const drawer = drawerOf(userId);
    const path = `/students/${userId}/${what}/?page=${pageOf(request)}`;
    const entry = drawer.get(path);
    if (entry !== undefined && performance.now() < entry.endsAtMs) return entry.body;
    const { status, body } = await askOrigin(path, request.id);
    if (status === 200) drawer.set(path, { body, endsAtMs: performance.now() + ttlMs });
    return reply.code(status).send(body);
  });
}

app.get('/api/v1/me/locker/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const { status, body } = await askOrigin(`/students/${userId}/locker/`, request.id);
  return reply.code(status).send(body);
});

app.post<{ Params: { id: string } }>('/api/v1/students/:id/grades/', async (request, reply) => {
  await staffOnly(request);
  const path = `/students/${encodeURIComponent(request.params.id)}/grades/`;
  const change = { method: 'POST', body: request.body } as const;
  const { status, body } = await askOrigin(path, request.id, change);
  drawers.delete(Number(request.params.id));
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', async (request, reply) => {
  await whoAsks(request);
  await askOrigin(`/tokens/${tokenOf(request)}/`, request.id, { method: 'DELETE' });
  return reply.code(204).send();
});

await start(app);
