import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { isOn, log } from './log.ts';
import { askOrigin, OriginError } from './origin.ts';
import { statsOf } from './stats.ts';
import { whoHas } from './users.ts';

interface Answer {
  status: number;
  body: unknown;
}

interface Route {
  name: string;
  method: string;
  path: RegExp;
  answer(request: IncomingMessage, id: string, name: string): Promise<Answer>;
}

const refused: Answer = { status: 401, body: { detail: 'A good token is needed.' } };

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    // What the parser would tell is a part of the body.
    return null;
  }
}

const routes: Route[] = [
  {
    name: 'login',
    method: 'POST',
    path: /^\/api\/v1\/users\/login\/$/,
    answer: async (request, id) => {
      const answer = await askOrigin('/tokens/', id, await readJson(request));
      if (answer.status !== 200) {
        log('warn', id, 'not signed in', { event: 'login', outcome: 'failure' });
        return answer;
      }
      const { userId } = await whoHas((answer.body as { key: string }).key, id);
      log('info', id, 'signed in', { event: 'login', outcome: 'success', userId });
      return answer;
    },
  },
  {
    name: 'locker',
    method: 'GET',
    path: /^\/api\/v1\/me\/locker\/$/,
    answer: async (request, id) => {
      const token = /^Token (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined) return refused;
      const { userId } = await whoHas(token, id);
      return askOrigin(`/students/${userId}/locker/`, id);
    },
  },
  {
    name: 'stats',
    method: 'GET',
    path: /^\/api\/v1\/subjects\/([^/]+)\/stats\/$/,
    answer: (_, id, name) => statsOf(name, id),
  },
  {
    name: 'healthz',
    method: 'GET',
    path: /^\/healthz$/,
    answer: async () => ({ status: 200, body: {} }),
  },
];

/** Failures end here, each as one record. */
async function answerFor(
  request: IncomingMessage,
  id: string,
): Promise<Answer & { route: string }> {
  const [path = '/'] = (request.url ?? '/').split('?');
  const route = routes.find((each) => each.method === request.method && each.path.test(path));
  if (!route) return { status: 404, body: { detail: 'There is no such route.' }, route: 'none' };
  try {
    const name = decodeURIComponent(route.path.exec(path)?.[1] ?? '');
    return { ...(await route.answer(request, id, name)), route: route.name };
  } catch (thrown) {
    const err = thrown as Error & { statusCode?: number };
    const status = err.statusCode ?? 500;
    if (status < 500) return { ...refused, route: route.name };
    log('error', id, err instanceof OriginError ? 'the origin failed' : 'a bug', { err });
    return { status, body: { detail: 'The server could not answer.' }, route: route.name };
  }
}

const server = createServer(async (request, response) => {
  const given = String(request.headers['x-request-id'] ?? '');
  const id = /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID();
  const { status, body, route } = await answerFor(request, id);
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': id });
  response.end(JSON.stringify(body));
  log('info', id, 'answered', { route, status });
  if (status >= 400 || route === 'healthz' || !isOn('debug')) return;
  const explained = await askOrigin('/explain/', id).catch(() => undefined);
  log('debug', id, 'the database', { plan: explained?.body ?? 'not told' });
});

server.listen(Number(process.env.PORT ?? 4111), process.env.HOST ?? '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});
