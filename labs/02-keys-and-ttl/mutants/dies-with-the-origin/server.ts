import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { askOrigin, type OriginAnswer } from './origin.ts';

const { HOST = '127.0.0.1', PORT = '4102', CACHE_BACKEND = 'memory' } = process.env;
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

/** Leaves of the trees are answers, all other values are maps. */
type Tree = Map<string, Tree | OriginAnswer>;

const lists: Tree = new Map();
const subjects: Tree = new Map();

/** The map at the end of the way, made where it is missing. */
function branch(tree: Tree, way: readonly string[]): Tree {
  let at = tree;
  for (const step of way) {
    const next = at.get(step);
    if (next instanceof Map) {
      at = next;
    } else {
      const made: Tree = new Map();
      at.set(step, made);
      at = made;
    }
  }
  return at;
}

/** What is found at the end of the way, or what the origin says, which is put there for the TTL. */
async function cached(
  tree: Tree,
  way: readonly string[],
  load: () => Promise<OriginAnswer>,
): Promise<OriginAnswer> {
  if (CACHE_BACKEND !== 'memory') return load();
  const at = branch(tree, way);
  const kept = at.get('answer');
  if (kept && !(kept instanceof Map)) return kept;
  const said = await load();
  if (said.status === 200) {
    at.set('answer', said);
    setTimeout(() => at.delete('answer'), ttlMs).unref();
  }
  return said;
}

function route(request: IncomingMessage, requestId: string): Promise<OriginAnswer> | undefined {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
  const lang = request.headers['accept-language'] === 'de' ? 'de' : 'en';
  const [, name] = /^\/api\/v1\/subjects\/(?:([^/]+)\/)?$/.exec(pathname) ?? [undefined];
  if (pathname === '/api/v1/subjects/') {
    const search = searchParams.get('search') ?? '';
    const page = searchParams.get('page') || '1';
    const path = `/subjects/?${new URLSearchParams({ search, page, lang })}`;
    return cached(lists, [search, page, lang], () => askOrigin(path, requestId));
  }
  if (name === undefined) return undefined;
  const way = [decodeURIComponent(name).toLowerCase(), lang];
  return cached(subjects, way, () => askOrigin(`/subjects/${name}/?lang=${lang}`, requestId));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer(async (request, response) => {
  const given = String(request.headers['x-request-id'] ?? '');
  const requestId = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.setHeader('x-request-id', requestId);
  if (request.url === '/healthz') return send(response, 200, { status: 'ok' });
  const said = await route(request, requestId);
  if (said === undefined) return send(response, 404, { detail: 'Not found.' });
  send(response, said.status, said.body);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
server.listen(Number(PORT), HOST);
