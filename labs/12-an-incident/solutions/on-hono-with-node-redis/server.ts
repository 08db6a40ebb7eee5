import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { own, pageFor, statsOf, store } from './kept.ts';
import { isAtDebug, record } from './log.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import type { Page } from './routes.ts';
import { demandStaff, signIn, signOut, whoAsks } from './users.ts';

const { HOST = '127.0.0.1', PORT = '4112' } = process.env;

const app = new Hono<{ Variables: { id: string } }>();
type Call = Context<{ Variables: { id: string } }>;

const idOf = (call: Call) => call.get('id');
const askingOf = (call: Call) => ({
  id: idOf(call),
  headers: { authorization: call.req.header('authorization') },
});
const tell = (call: Call, event: string, userId: number | undefined, outcome = 'success') =>
  record(outcome === 'success' ? 'info' : 'warn', idOf(call), { event, outcome, userId });

app.get('/healthz', (call) => call.json({ status: 'ok' }));

app.use(async (call, next) => {
  const given = call.req.header('x-request-id') ?? '';
  call.set('id', /^[\w-]{8,64}$/.test(given) ? given : randomUUID());
  await next();
  call.header('x-request-id', idOf(call));
  if (call.res.status < 400 && isAtDebug && call.req.path.startsWith('/api/')) {
    const plan = await askOrigin('/explain/', idOf(call)).catch(() => undefined);
    record('debug', idOf(call), { plan: plan?.body });
  }
});

app.onError((error, call) => {
  const status = 'statusCode' in error ? (error.statusCode as number) : 500;
  const { name, message, stack } = error;
  if (status >= 500) record('error', idOf(call), { err: { type: name, message, stack } });
  const detail = status >= 500 ? 'The server could not answer.' : 'The request is not right.';
  return call.json({ detail }, status as 500, { 'x-request-id': idOf(call) });
});

function send(call: Call, { status, body }: OriginAnswer): Response {
  return call.body(body === undefined ? null : JSON.stringify(body), status as 200, {
    'content-type': 'application/json',
  });
}

/** The body as JSON; what is none is the client's mistake. */
async function bodyOf(call: Call): Promise<unknown> {
  const text = await call.req.text();
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    // What a parser says of a body quotes it: that is not told any further.
    throw Object.assign(new Error('the body is no JSON'), { statusCode: 400 });
  }
}

app.get('/api/v1/me/grades/', async (call) => {
  const { userId } = await whoAsks(askingOf(call));
  const page = encodeURIComponent(call.req.query('page') || '1');
  const answer = await own.read(userId, `grades/?page=${page}`, idOf(call));
  if (answer.status < 400) tell(call, 'grades.read', userId);
  return send(call, answer);
});

app.get('/api/v1/me/stats/', async (call) => {
  const { userId } = await whoAsks(askingOf(call));
  return send(call, await own.read(userId, 'stats/', idOf(call)));
});

app.get('/api/v1/me/locker/', async (call) => {
  const { userId } = await whoAsks(askingOf(call));
  return send(call, await askOrigin(`/students/${userId}/locker/`, idOf(call)));
});

app.post('/api/v1/students/:id/grades/', async (call) => {
  const user = await whoAsks(askingOf(call));
  demandStaff(user);
  const id = call.req.param('id');
  const change = { method: 'POST', body: await bodyOf(call) } as const;
  const path = `/students/${encodeURIComponent(id)}/grades/`;
  const answer = await askOrigin(path, idOf(call), change);
  if (answer.status === 201) await own.renew(id);
  if (answer.status < 400) tell(call, 'grade.created', user.userId);
  return send(call, answer);
});

app.get('/api/v1/subjects/:name/stats/', async (call) => {
  return send(call, await statsOf(call.req.param('name'), idOf(call)));
});

app.put('/api/v1/subjects/:name/', async (call) => {
  const user = await whoAsks(askingOf(call));
  demandStaff(user);
  const change = { method: 'PUT', body: await bodyOf(call) } as const;
  const path = `/subjects/${encodeURIComponent(call.req.param('name'))}/`;
  const answer = await askOrigin(path, idOf(call), change);
  if (answer.status < 400) tell(call, 'subject.updated', user.userId);
  return send(call, answer);
});

app.post('/api/v1/users/login/', async (call) => {
  const answer = await signIn(await bodyOf(call), idOf(call));
  tell(call, 'login', answer.userId, answer.status === 200 ? 'success' : 'failure');
  return send(call, answer);
});

app.post('/api/v1/users/logout/', async (call) => {
  const { userId } = await whoAsks(askingOf(call));
  await signOut(askingOf(call));
  tell(call, 'logout', userId);
  return call.body(null, 204);
});

app.get('/pages/:id/', async (call) => {
  const isPersonal = ['authorization', 'cookie'].some(
    (name) => call.req.header(name) !== undefined,
  );
  const answer = await pageFor(call.req.param('id'), isPersonal, idOf(call));
  if (answer.status !== 200) return send(call, answer);
  const page = answer.body as Page;
  const isEmpty = page.status === 204 || page.status === 304;
  return call.body(isEmpty ? null : page.body, page.status as 200, page.headers);
});

const server = serve({ fetch: app.fetch, hostname: HOST, port: Number(PORT) });
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => server.close(() => store.close()));
}
