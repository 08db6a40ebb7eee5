import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError, LogController } from 'fastify';
import { keptGrades, loadGrades, pageOf, postGrade } from './grades.ts';
import { askOrigin } from './origin.ts';
import { start, stdout } from './start.ts';
import { demandStaff, signIn, signOut, type User, whoAsks } from './users.ts';

declare module 'fastify' {
  interface FastifyRequest {
    userId: number | undefined;
  }
  interface FastifyContextConfig {
    /** What it is when it succeeds. */
    event?: string;
  }
}

const app = Fastify({
  logger: { level: process.env.LOG_LEVEL ?? 'info', stream: stdout },
  requestIdHeader: false,
  genReqId: ({ headers }) => {
    const given = String(headers['x-request-id']);
    return /^[\w-]{8,64}$/.test(given) && headers['x-request-id'] ? given : randomUUID();
  },
  logController: new LogController({ disableRequestLogging: true }), // the lines below say more
});

app.decorateRequest('userId', undefined);

app.addHook('onRequest', async (request, reply) => {
  reply.header('x-request-id', request.id);
});

// One line for each request, written when its outcome is known.
app.addHook('onResponse', async (request, reply) => {
  const { event } = request.routeOptions.config;
  const { statusCode, elapsedTime } = reply;
  if (event === undefined || statusCode >= 500) return;
  const outcome = statusCode < 400 ? 'success' : 'failure';
  const record = { event, outcome, userId: request.userId, statusCode, ms: elapsedTime };
  request.log[outcome === 'success' ? 'info' : 'warn'](record, `${event}: ${outcome}`);
});

// What is thrown ends here and nowhere else.
app.setErrorHandler<FastifyError>((error, request, reply) => {
  const status = error.statusCode ?? 500;
  if (status >= 500) {
    request.log.error({ err: error, userId: request.userId, outcome: 'failure' }, 'it failed');
  }
  return reply.code(status).send({ detail: status >= 500 ? 'It failed.' : error.message });
});

async function signedIn(request: Parameters<typeof whoAsks>[0] & { userId: number | undefined }) {
  const user: User = await whoAsks(request);
  request.userId = user.userId;
  return user;
}

app.post('/api/v1/users/login/', { config: { event: 'login' } }, async (request, reply) => {
  const { status, body, userId } = await signIn(request.body, request.id);
  request.userId = userId;
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', { config: { event: 'logout' } }, async (request, reply) => {
  await signedIn(request);
  await signOut(request);
  return reply.code(204).send();
});

app.get('/api/v1/me/grades/', { config: { event: 'grades.read' } }, async (request, reply) => {
  const { userId } = await signedIn(request);
  const kept = keptGrades(userId, pageOf(request));
  if (kept) return kept.body;
  const { status, body } = await loadGrades(userId, pageOf(request), request.id);
  return reply.code(status).send(body);
});

app.post<{ Params: { id: string } }>(
  '/api/v1/students/:id/grades/',
  { config: { event: 'grade.created' } },
  async (request, reply) => {
    demandStaff(await signedIn(request));
    const { status, body } = await postGrade(request.params.id, request.body, request.id);
    return reply.code(status).send(body);
  },
);

app.put<{ Params: { name: string } }>(
  '/api/v1/subjects/:name/',
  { config: { event: 'subject.updated' } },
  async (request, reply) => {
    demandStaff(await signedIn(request));
    const path = `/subjects/${encodeURIComponent(request.params.name)}/`;
    const change = { method: 'PUT', body: request.body } as const;
    const { status, body } = await askOrigin(path, request.id, change);
    return reply.code(status).send(body);
  },
);

await start(app);
