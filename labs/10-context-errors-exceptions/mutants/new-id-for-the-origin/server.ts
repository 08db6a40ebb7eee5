import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { keptGrades, loadGrades, pageOf, postGrade } from './grades.ts';
import { askOrigin } from './origin.ts';
import { start, stdout } from './start.ts';
import { demandStaff, signIn, signOut, type User, whoAsks } from './users.ts';

declare module 'fastify' {
  interface FastifyRequest {
    user: User | null;
  }
}

const app = Fastify({
  logger: { level: process.env.LOG_LEVEL ?? 'info', stream: stdout },
  requestIdHeader: false,
  genReqId: ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
  },
});

app.addHook('onRequest', async (request, reply) => {
  reply.header('x-request-id', request.id);
});

// Fastify's own error handler stays: it logs what is thrown once, with the request's logger, and
// sends status and message.

app.decorateRequest('user', null);

/** From here on, all that is logged about the request names the user. */
async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  request.user = await whoAsks(request);
  request.log = reply.log = request.log.child({ userId: request.user.userId });
}

async function staffOnly(request: FastifyRequest): Promise<void> {
  if (request.user) demandStaff(request.user);
}

function tell({ log }: FastifyRequest, event: string, status: number): void {
  if (status < 400) log.info({ event, outcome: 'success' }, event);
}

app.post('/api/v1/users/login/', async (request, reply) => {
  const { status, body, userId } = await signIn(request.body, request.id);
  if (status === 200) {
    request.log.info({ event: 'login', outcome: 'success', userId }, 'signed in');
  } else {
    request.log.warn({ event: 'login', outcome: 'failure' }, 'a login was refused');
  }
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', { preHandler: signedIn }, async (request, reply) => {
  await signOut(request);
  tell(request, 'logout', 204);
  return reply.code(204).send();
});

app.get('/api/v1/me/grades/', { preHandler: signedIn }, async (request, reply) => {
  const userId = request.user?.userId ?? 0;
  const page = pageOf(request);
  const { status, body } = keptGrades(userId, page) ?? (await loadGrades(userId, page, randomUUID()));
  tell(request, 'grades.read', status);
  return reply.code(status).send(body);
});

app.post<{ Params: { id: string } }>(
  '/api/v1/students/:id/grades/',
  { preHandler: [signedIn, staffOnly] },
  async (request, reply) => {
    const { status, body } = await postGrade(request.params.id, request.body, randomUUID());
    tell(request, 'grade.created', status);
    return reply.code(status).send(body);
  },
);

app.put<{ Params: { name: string } }>(
  '/api/v1/subjects/:name/',
  { preHandler: [signedIn, staffOnly] },
  async (request, reply) => {
    const path = `/subjects/${encodeURIComponent(request.params.name)}/`;
    const change = { method: 'PUT', body: request.body } as const;
    const { status, body } = await askOrigin(path, randomUUID(), change);
    tell(request, 'subject.updated', status);
    return reply.code(status).send(body);
  },
);

await start(app);
