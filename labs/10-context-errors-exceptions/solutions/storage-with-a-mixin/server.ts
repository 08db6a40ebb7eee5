import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError, LogController } from 'fastify';
import { keptGrades, loadGrades, pageOf, postGrade } from './grades.ts';
import { askOrigin } from './origin.ts';
import { start, stdout } from './start.ts';
import { demandStaff, signIn, signOut, type User, whoAsks } from './users.ts';

/** What is known about the request that is being served: a store for each, found wherever its code runs. */
interface Story {
  reqId: string;
  userId?: number | undefined;
}

const stories = new AsyncLocalStorage<Story>();

const app = Fastify({
  logger: {
    level: process.env.LOG_LEVEL ?? 'info',
    stream: stdout,
    // Called for each line, whichever logger writes it.
    mixin: () => ({ ...stories.getStore() }),
  },
  // Fastify writes its last line when the answer has left, and by then nobody is inside of a story.
  logController: new LogController({ disableRequestLogging: true }),
  requestIdHeader: false,
  genReqId: ({ headers }) => {
    const given = headers['x-request-id'];
    return typeof given === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
  },
});

// With `done` called inside of `run`, all that comes after runs inside of it, too.
app.addHook('onRequest', (request, reply, done) => {
  reply.header('x-request-id', request.id);
  stories.run({ reqId: request.id }, done);
});

app.setErrorHandler<FastifyError>((error, _request, reply) => {
  const status = error.statusCode ?? 500;
  if (status >= 500) app.log.error(error);
  return reply.code(status).send({ detail: status >= 500 ? 'Sorry.' : error.message });
});

/** Tells the story whose it is. */
function isAbout(userId: number | undefined): void {
  const story = stories.getStore();
  if (story) story.userId = userId;
}

async function signedIn(request: Parameters<typeof whoAsks>[0]): Promise<User> {
  const user = await whoAsks(request);
  isAbout(user.userId);
  return user;
}

/** Knows the request without being told: no logger has to be handed on. */
function tell(event: string, status: number): void {
  if (status < 400) app.log.info({ event, outcome: 'success' }, event);
}

app.post('/api/v1/users/login/', async (request, reply) => {
  const { status, body, userId } = await signIn(request.body, request.id);
  isAbout(userId);
  tell('login', status);
  if (status >= 400) app.log.warn({ event: 'login', outcome: 'failure' }, 'a login was refused');
  return reply.code(status).send(body);
});

app.post('/api/v1/users/logout/', async (request, reply) => {
  await signedIn(request);
  await signOut(request);
  tell('logout', 204);
  return reply.code(204).send();
});

app.get('/api/v1/me/grades/', async (request, reply) => {
  const { userId } = await signedIn(request);
  const page = pageOf(request);
  const { status, body } = keptGrades(userId, page) ?? (await loadGrades(userId, page, request.id));
  tell('grades.read', status);
  return reply.code(status).send(body);
});

app.post<{ Params: { id: string } }>('/api/v1/students/:id/grades/', async (request, reply) => {
  demandStaff(await signedIn(request));
  const { status, body } = await postGrade(request.params.id, request.body, request.id);
  tell('grade.created', status);
  return reply.code(status).send(body);
});

app.put<{ Params: { name: string } }>('/api/v1/subjects/:name/', async (request, reply) => {
  demandStaff(await signedIn(request));
  const path = `/subjects/${encodeURIComponent(request.params.name)}/`;
  const { status, body } = await askOrigin(path, request.id, { method: 'PUT', body: request.body });
  tell('subject.updated', status);
  return reply.code(status).send(body);
});

await start(app);
