/*
 * What the demonstration servers of lab 3 share: the routes, and a cache. They differ in what a write does to it.
 */
import NodeCache from 'node-cache';
// The same files that learners are given.
import { createApp, start } from './starter/app.ts';
import { askOrigin, type Change, type OriginAnswer } from './starter/origin.ts';
import {
  detailPath,
  languageOf,
  languages,
  listPath,
  listPrefix,
  statsPath,
} from './starter/paths.ts';
import { staffOnly } from './starter/staff.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;
export const app = createApp();

/** What happens between a request and the origin. */
export interface Caching {
  read(path: string, requestId: string): Promise<OriginAnswer>;
  /** `name` is the subject's name until then; undefined for a new subject. */
  write(path: string, requestId: string, change: Change, name?: string): Promise<OriginAnswer>;
}

/** Cache-aside. `guard` is called as the origin is asked; what it gives tells afterwards whether the answer may be kept. */
export async function readThrough(
  path: string,
  requestId: string,
  guard: () => () => boolean = () => () => true,
): Promise<OriginAnswer> {
  const kept = cache?.get<OriginAnswer>(path);
  if (kept !== undefined) return kept;
  app.log.debug({ did: 'asks' }, path);
  const mayKeep = guard();
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200 && mayKeep()) {
    cache?.set(path, answer, ttlSeconds);
    app.log.debug({ did: 'keeps' }, path);
  }
  return answer;
}

/** Tells the origin. */
export async function change(...told: Parameters<typeof askOrigin>): Promise<OriginAnswer> {
  const answer = await askOrigin(...told);
  app.log.debug({ did: 'has written' }, told[0]);
  return answer;
}

/** Deletes what tells of subjects of these names, and every list. */
export function forget(names: readonly (string | undefined)[]): void {
  const own = names.flatMap((name) =>
    name === undefined ? [] : [statsPath(name), ...languages.map((one) => detailPath(name, one))],
  );
  const lists = cache?.keys().filter((path) => path.startsWith(listPrefix)) ?? [];
  cache?.del([...own, ...lists]);
  app.log.debug({ did: 'deletes' }, names.join(', '));
}

interface Named {
  Params: { name: string };
}

export async function serveSubjects({ read, write }: Caching): Promise<void> {
  app.get('/api/v1/subjects/', async (request, reply) => {
    const { status, body } = await read(listPath(request), request.id);
    return reply.code(status).send(body);
  });

  app.get<Named>('/api/v1/subjects/:name/', async (request, reply) => {
    const path = detailPath(request.params.name, languageOf(request));
    const { status, body } = await read(path, request.id);
    return reply.code(status).send(body);
  });

  app.get<Named>('/api/v1/subjects/:name/stats/', async (request, reply) => {
    const { status, body } = await read(statsPath(request.params.name), request.id);
    return reply.code(status).send(body);
  });

  app.post('/api/v1/subjects/', { onRequest: staffOnly }, async (request, reply) => {
    const told: Change = { method: 'POST', body: request.body };
    const { status, body } = await write('/subjects/', request.id, told);
    return reply.code(status).send(body);
  });

  app.put<Named>('/api/v1/subjects/:name/', { onRequest: staffOnly }, async (request, reply) => {
    const { name } = request.params;
    const told: Change = { method: 'PUT', body: request.body };
    const path = detailPath(name, languageOf(request));
    const { status, body } = await write(path, request.id, told, name);
    return reply.code(status).send(body);
  });

  await start(app);
}

/** What the subject of an answer is called. */
export function nameIn({ body }: OriginAnswer): string | undefined {
  return (body as { name?: string }).name;
}
