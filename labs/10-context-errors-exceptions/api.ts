/*
 * The API of lab 10 as it should log, or with the framework's own lines alone: `repaired.ts` and `lines-only.ts` run
 * it, so that what the context costs can be measured.
 */
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
// The same files that learners are given.
import { keptGrades, loadGrades, pageOf, postGrade } from './starter/grades.ts';
import { askOrigin } from './starter/origin.ts';
import { stdout } from './starter/start.ts';
import { demandStaff, signIn, signOut, type User, whoAsks } from './starter/users.ts';

const wellFormed = /^[A-Za-z0-9_-]{8,64}$/;

/** `withContext`: records name the user, and events are told. Otherwise there are Fastify's two lines a request. */
export function createApi(withContext: boolean): FastifyInstance {
  // Fastify's error handler is left as it is: it logs what is thrown, once, and sends no stack.
  const app = Fastify({
    logger: { level: process.env.LOG_LEVEL ?? 'info', stream: stdout },
    requestIdHeader: false,
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
    },
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });

  /** From here on, whatever is logged about the request names the user. */
  async function signedIn(request: FastifyRequest, reply: FastifyReply): Promise<User> {
    const user = await whoAsks(request);
    if (withContext) request.log = reply.log = request.log.child({ userId: user.userId });
    return user;
  }

  function tell({ log }: FastifyRequest, event: string, status: number): void {
    if (withContext && status < 400) log.info({ event, outcome: 'success' }, event);
  }

  app.post('/api/v1/users/login/', async (request, reply) => {
    const { status, body, userId } = await signIn(request.body, request.id);
    if (userId !== undefined && withContext) {
      request.log = reply.log = request.log.child({ userId });
    }
    tell(request, 'login', status);
    if (withContext && status === 400) {
      request.log.warn({ event: 'login', outcome: 'failure' }, 'a login was refused');
    }
    return reply.code(status).send(body);
  });

  app.post('/api/v1/users/logout/', async (request, reply) => {
    await signedIn(request, reply);
    await signOut(request);
    tell(request, 'logout', 204);
    return reply.code(204).send();
  });

  app.get('/api/v1/me/grades/', async (request, reply) => {
    const { userId } = await signedIn(request, reply);
    const page = pageOf(request);
    const kept = keptGrades(userId, page);
    const { status, body } = kept ?? (await loadGrades(userId, page, request.id));
    tell(request, 'grades.read', status);
    return reply.code(status).send(body);
  });

  app.post<{ Params: { id: string } }>('/api/v1/students/:id/grades/', async (request, reply) => {
    demandStaff(await signedIn(request, reply));
    const { status, body } = await postGrade(request.params.id, request.body, request.id);
    tell(request, 'grade.created', status);
    return reply.code(status).send(body);
  });

  app.put<{ Params: { name: string } }>('/api/v1/subjects/:name/', async (request, reply) => {
    demandStaff(await signedIn(request, reply));
    const path = `/subjects/${encodeURIComponent(request.params.name)}/`;
    const change = { method: 'PUT', body: request.body } as const;
    const { status, body } = await askOrigin(path, request.id, change);
    tell(request, 'subject.updated', status);
    return reply.code(status).send(body);
  });

  return app;
}
