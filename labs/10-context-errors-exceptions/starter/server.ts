/*
 * Lab 10, exercise C1: a log that tells each request's story.
 *
 * This API answers right, and its log helps nobody. Change that, here; the files beside are fine.
 *
 * - Each request has an id that no other has, of this or any other process. A client's X-Request-Id
 *   is taken if it matches ^[A-Za-z0-9_-]{8,64}$, and replaced if not. The answer tells it in
 *   X-Request-Id, the origin gets it, and it stands as `reqId` in all that is logged for the request.
 * - login, logout, grades.read, grade.created and subject.updated are events: once each, a record
 *   at info with `event`, `outcome: 'success'` and `userId` (who asked), for hits as well. A refused
 *   login is a login with `outcome: 'failure'` at warn. What failed leaves no record of a success.
 * - A request that fails through no fault of the client, whatever was thrown, leaves exactly one
 *   record at error, with `err` {type, message, stack} and, where known, `userId`. The client gets a
 *   5xx, and nothing of the stack. A 4xx is no error.
 * - At LOG_LEVEL=info, a request that succeeds writes three lines at most; a hit no more than a miss.
 *
 * Check: course-labs check-answer 10 C1     Try by hand: course-labs serve 10 --mine
 */
import Fastify, { type FastifyError, LogController } from 'fastify';
import { keptGrades, loadGrades, pageOf, postGrade } from './grades.ts';
import { askOrigin } from './origin.ts';
import { start, stdout } from './start.ts';
import { demandStaff, signIn, signOut, whoAsks } from './users.ts';

const app = Fastify({
  logger: { level: process.env.LOG_LEVEL ?? 'info', stream: stdout },
  requestIdHeader: 'x-request-id',
  logController: new LogController({ disableRequestLogging: true }), // too many lines
});

app.setErrorHandler<FastifyError>((error, _request, reply) => {
  const { statusCode = 500, message, stack } = error;
  app.log.error({ error }, 'request failed');
  return reply.code(statusCode).send({ detail: message, stack });
});

app.post('/api/v1/users/login/', async (request, reply) => {
  const { status, body } = await signIn(request.body, request.id);
  app.log.info('login');
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', async (request, reply) => {
  await whoAsks(request);
  await signOut(request);
  return reply.code(204).send();
});

app.get('/api/v1/me/grades/', async (request, reply) => {
  const { userId } = await whoAsks(request);
  const kept = keptGrades(userId, pageOf(request));
  if (kept) return kept.body;
  try {
    const { status, body } = await loadGrades(userId, pageOf(request), request.id);
    app.log.info('grades were read');
    return reply.code(status).send(body);
  } catch (error) {
    app.log.error(`grades could not be read: ${error}`);
    throw error;
  }
});

app.post<{ Params: { id: string } }>('/api/v1/students/:id/grades/', async (request, reply) => {
  demandStaff(await whoAsks(request));
  const { status, body } = await postGrade(request.params.id, request.body, request.id);
  app.log.info('a grade was posted');
  return reply.code(status).send(body);
});

app.put<{ Params: { name: string } }>('/api/v1/subjects/:name/', async (request, reply) => {
  demandStaff(await whoAsks(request));
  const path = `/subjects/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await askOrigin(path, request.id, { method: 'PUT', body: request.body });
  return reply.code(status).send(body);
});

await start(app);
