import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { FatalError } from './app.ts';
import { fileHandler, getLogger, type Level, levels, type Root } from './logging.ts';
import { askOrigin } from './origin.ts';
import { pageOf, staffOnly, whoAsks } from './request.ts';
import { statisticsOf } from './statistics.ts';

const { HOST = '127.0.0.1', PORT = '4109', LOG_LEVEL = 'info', ERROR_LOG } = process.env;
const isLevel = (name: unknown): name is Level =>
  typeof name === 'string' && Object.hasOwn(levels, name);

const root: Root = {
  level: isLevel(LOG_LEVEL) ? LOG_LEVEL : 'info',
  handlers: [fileHandler(1, 'trace'), ...(ERROR_LOG ? [fileHandler(ERROR_LOG, 'error')] : [])],
};

/** What the given files know as the request. */
function requestOf({ headers, method, url = '/' }: IncomingMessage, body: string) {
  const given = headers['x-request-id'];
  const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  const { pathname, searchParams } = new URL(url, 'http://here');
  const query = Object.fromEntries(searchParams);
  return { id, headers, method, pathname, query, body, log: getLogger(root, { reqId: id }) };
}

type Request = ReturnType<typeof requestOf>;
type Said = { status: number; body: unknown };

async function grades(request: Request): Promise<Said> {
  const { userId } = await whoAsks(request);
  const path = `/students/${userId}/grades/?page=${pageOf(request)}`;
  const said = await askOrigin(request, { what: 'page of grades', path });
  if (said.status !== 200) return said;
  if ((said.body as { owner: number }).owner !== userId) {
    throw new FatalError("another student's grades came");
  }
  request.log.info({ event: 'grades.read', userId, outcome: 'success' }, 'grades were read');
  return said;
}

async function login(request: Request): Promise<Said> {
  const posted = JSON.parse(request.body);
  const said = await askOrigin(request, { what: 'token', path: '/tokens/', posted });
  if (said.status === 200) request.log.info({ event: 'login', outcome: 'success' }, 'signed in');
  else request.log.warn({ event: 'login', outcome: 'failure' }, 'a sign-in was refused');
  return said;
}

async function changeLevel(request: Request): Promise<Said> {
  const { userId } = await staffOnly(request);
  const { level } = JSON.parse(request.body);
  if (!isLevel(level)) return { status: 400, body: { detail: 'There is no such level.' } };
  const { level: from } = root;
  root.level = 'info';
  request.log.info({ event: 'level.changed', userId, from, to: level }, 'the level was changed');
  root.level = level;
  return { status: 200, body: { level } };
}

async function answer(request: Request): Promise<Said> {
  const route = `${request.method} ${request.pathname}`;
  const subject = /^GET \/api\/v1\/subjects\/([^/]+)\/stats\/$/.exec(route)?.[1];
  if (subject) return statisticsOf(request, decodeURIComponent(subject));
  if (route === 'GET /healthz') return { status: 200, body: { status: 'ok' } };
  if (route === 'GET /api/v1/me/grades/') return grades(request);
  if (route === 'POST /api/v1/users/login/') return login(request);
  if (route === 'POST /__loglevel') return changeLevel(request);
  return { status: 404, body: { detail: 'There is nothing here.' } };
}

function failed(request: Request, thrown: unknown): Said {
  const error = thrown as Error & { statusCode?: number };
  const status = error instanceof SyntaxError ? 400 : (error.statusCode ?? 500);
  const level = error instanceof FatalError ? 'fatal' : status >= 500 ? 'error' : 'warn';
  request.log[level]({ err: error }, 'the request failed');
  return { status, body: { detail: status >= 500 ? 'No answer today.' : error.message } };
}

const server = createServer(async (incoming, response) => {
  const request = requestOf(incoming, await text(incoming));
  const { status, body } = await answer(request).catch((error) => failed(request, error));
  // Once it closes, an answer ends its connection: a client that keeps it open would keep the process.
  if (!server.listening) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': request.id });
  response.end(JSON.stringify(body));
});
server.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
