import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { keptGrades, loadGrades, postGrade } from './grades.ts';
import { askOrigin, OriginError } from './origin.ts';
import { demandStaff, signIn, signOut, whoAsks } from './users.ts';

const { HOST = '127.0.0.1', PORT = '4110', LOG_LEVEL = 'info' } = process.env;
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** What is known about one request. All of it stands in each of its records. */
interface Context {
  reqId: string;
  userId?: number | undefined;
}

/** A logger is not much: a level, a time, a context and a line. */
function log(level: string, { reqId, userId }: Context, fields: object, msg: string): void {
  if (levels.indexOf(level) < levels.indexOf(LOG_LEVEL)) return;
  const record = { level, time: new Date().toISOString(), reqId, userId, ...fields, msg };
  writeSync(1, `${JSON.stringify(record)}\n`);
}

interface Reply {
  status: number;
  body?: unknown;
  event?: string;
}

const routes: readonly [method: string, path: RegExp, work: Work][] = [
  ['POST', /^\/api\/v1\/users\/login\/$/, login],
  ['POST', /^\/api\/v1\/users\/logout\/$/, logout],
  ['GET', /^\/api\/v1\/me\/grades\/$/, grades],
  ['POST', /^\/api\/v1\/students\/([^/]+)\/grades\/$/, newGrade],
  ['PUT', /^\/api\/v1\/subjects\/([^/]+)\/$/, subject],
];

interface Request {
  headers: IncomingMessage['headers'];
  url: URL;
  body: unknown;
  /** The part of the path that names whom or what. */
  name: string;
  context: Context;
}

type Work = (request: Request) => Promise<Reply>;

async function login({ body, context }: Request): Promise<Reply> {
  const answer = await signIn(body, context.reqId);
  context.userId = answer.userId;
  return { ...answer, event: 'login' };
}

async function known({ headers, context }: Request) {
  const user = await whoAsks({ headers, id: context.reqId });
  context.userId = user.userId;
  return user;
}

async function logout(request: Request): Promise<Reply> {
  await known(request);
  await signOut({ headers: request.headers, id: request.context.reqId });
  return { status: 204, event: 'logout' };
}

async function grades(request: Request): Promise<Reply> {
  const { userId } = await known(request);
  const page = request.url.searchParams.get('page') || '1';
  const kept = keptGrades(userId, page);
  const answer = kept ?? (await loadGrades(userId, page, request.context.reqId));
  return { ...answer, event: 'grades.read' };
}

async function newGrade(request: Request): Promise<Reply> {
  demandStaff(await known(request));
  const { name, body, context } = request;
  return { ...(await postGrade(name, body, context.reqId)), event: 'grade.created' };
}

async function subject(request: Request): Promise<Reply> {
  demandStaff(await known(request));
  const { name, body, context } = request;
  const path = `/subjects/${encodeURIComponent(name)}/`;
  const answer = await askOrigin(path, context.reqId, { method: 'PUT', body });
  return { ...answer, event: 'subject.updated' };
}

/** Does the work; whatever is thrown becomes an answer here, and a record where the fault is ours. */
async function serve(message: IncomingMessage, context: Context): Promise<Reply> {
  try {
    const url = new URL(message.url ?? '/', 'http://api');
    if (url.pathname === '/healthz') return { status: 200, body: { status: 'ok' } };
    let text = '';
    for await (const chunk of message.setEncoding('utf8')) text += chunk;
    for (const [method, pattern, work] of routes) {
      const match = message.method === method && pattern.exec(url.pathname);
      if (!match) continue;
      const body = text === '' ? undefined : parsed(text);
      if (body === malformed) return { status: 400, body: { detail: 'The body is no JSON.' } };
      const name = decodeURIComponent(match[1] ?? '');
      return await work({ headers: message.headers, url, body, name, context });
    }
    return { status: 404, body: { detail: 'There is no such page.' } };
  } catch (thrown) {
    const error = thrown as Error & { statusCode?: number };
    const status = error.statusCode ?? 500;
    if (status < 500) return { status, body: { detail: error.message } };
    const type = error instanceof OriginError ? 'OriginError' : error.constructor.name;
    const err = { type, message: error.message, stack: error.stack };
    log('error', context, { err }, 'the request failed');
    return { status, body: { detail: 'The request failed.', id: context.reqId } };
  }
}

const malformed = Symbol('malformed');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return malformed;
  }
}

const server = createServer(async (message, response) => {
  const given = String(message.headers['x-request-id'] ?? '');
  const context: Context = { reqId: /^[\w-]{8,64}$/.test(given) ? given : randomUUID() };
  const { status, body, event } = await serve(message, context);
  if (event !== undefined && status < 400) {
    log('info', context, { event, outcome: 'success' }, event);
  } else if (event === 'login') {
    log('warn', context, { event, outcome: 'failure' }, 'a login was refused');
  }
  response.setHeader('x-request-id', context.reqId);
  if (body !== undefined) response.setHeader('content-type', 'application/json');
  response.writeHead(status).end(body === undefined ? undefined : JSON.stringify(body));
});

server.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
