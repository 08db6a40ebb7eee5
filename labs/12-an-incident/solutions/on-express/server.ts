import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { keepOwn, noLongerOwn, pageFor, statsOf, store } from './kept.ts';
import { identify, logger, tell, tellPlans } from './log.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import type { Page } from './routes.ts';
import { demandStaff, signIn, signOut, type User, whoAsks } from './users.ts';

const { HOST = '127.0.0.1', PORT = '4112' } = process.env;

const app = express();
app.disable('x-powered-by');
app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
app.use(identify, tellPlans, express.json({ limit: '1mb' }));

const idOf = (response: Response): string => response.locals.id;
const userOf = (response: Response): User => response.locals.user;

const signedIn: RequestHandler = async ({ headers }, response, next) => {
  response.locals.user = await whoAsks({ id: idOf(response), headers });
  next();
};

const staffOnly: RequestHandler = (_request, response, next) => {
  demandStaff(userOf(response));
  next();
};

function send(response: Response, { status, body }: OriginAnswer): void {
  response.status(status);
  if (body === undefined) response.end();
  else response.json(body);
}

app.get('/api/v1/me/grades/', signedIn, async ({ query }, response) => {
  const [page = ''] = [query.page ?? ''].flat();
  const what = `grades/?page=${encodeURIComponent(String(page) || '1')}`;
  const answer = await keepOwn(userOf(response).userId, what, idOf(response));
  if (answer.status < 400) tell(response, 'grades.read', userOf(response).userId);
  send(response, answer);
});

app.get('/api/v1/me/stats/', signedIn, async (_request, response) => {
  send(response, await keepOwn(userOf(response).userId, 'stats/', idOf(response)));
});

app.get('/api/v1/me/locker/', signedIn, async (_request, response) => {
  send(response, await askOrigin(`/students/${userOf(response).userId}/locker/`, idOf(response)));
});

app.post(
  '/api/v1/students/:id/grades/',
  signedIn,
  staffOnly,
  async ({ params, body }, response) => {
    const { id } = params as { id: string };
    const path = `/students/${encodeURIComponent(id)}/grades/`;
    const change = { method: 'POST', body: body ?? null } as const;
    const answer = await askOrigin(path, idOf(response), change);
    if (answer.status === 201) await noLongerOwn(id);
    if (answer.status < 400) tell(response, 'grade.created', userOf(response).userId);
    send(response, answer);
  },
);

app.get('/api/v1/subjects/:name/stats/', async ({ params }, response) => {
  send(response, await statsOf((params as { name: string }).name, idOf(response)));
});

app.put('/api/v1/subjects/:name/', signedIn, staffOnly, async ({ params, body }, response) => {
  const path = `/subjects/${encodeURIComponent((params as { name: string }).name)}/`;
  const change = { method: 'PUT', body: body ?? null } as const;
  const answer = await askOrigin(path, idOf(response), change);
  if (answer.status < 400) tell(response, 'subject.updated', userOf(response).userId);
  send(response, answer);
});

app.post('/api/v1/users/login/', async ({ body }, response) => {
  const answer = await signIn(body, idOf(response));
  tell(response, 'login', answer.userId, answer.status === 200 ? 'success' : 'failure');
  send(response, answer);
});

app.post('/api/v1/users/logout/', signedIn, async ({ headers }, response) => {
  await signOut({ id: idOf(response), headers });
  tell(response, 'logout', userOf(response).userId);
  response.status(204).end();
});

app.get('/pages/:id/', async ({ params, headers }, response) => {
  const answer = await pageFor((params as { id: string }).id, headers, idOf(response));
  if (answer.status !== 200) return send(response, answer);
  const page = answer.body as Page;
  response.status(page.status).set(page.headers).end(page.body);
});

const failed: ErrorRequestHandler = (error, _request, response, _next) => {
  const status: number = error.statusCode ?? error.status ?? 500;
  if (status >= 500) response.locals.log.error({ err: error }, 'the request failed');
  const detail = status >= 500 ? 'The server could not answer.' : 'The request is not right.';
  response.status(status).json({ detail });
};
app.use(failed);

const server = app.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => void store.close());
    server.closeIdleConnections();
    logger.info('going away');
  });
}
