/*
 * Given: the routes of this lab, and what they want of a cache.
 * Nothing here needs to change.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { askOrigin } from './origin.ts';

/** A place for answers. What it does when it fails is its own affair: the routes do not catch what it throws. */
export interface Cache {
  /** The value that was kept under the key; undefined where there is none. */
  get(key: string): Promise<unknown>;
  /** Keeps the value, which is JSON, for CACHE_TTL_S seconds. */
  set(key: string, value: unknown): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  /** Lets go of connections and timers, so that the process can end. */
  close(): Promise<void>;
}

type Named = { Params: { name: string } };

/** All that is kept about one subject; its name may be written in any case. */
function keysOf(name: string) {
  const subject = encodeURIComponent(name.toLowerCase());
  return {
    en: `subject:${subject}:en`,
    de: `subject:${subject}:de`,
    stats: `stats:${subject}`,
  };
}

export function addRoutes(app: App, cache: Cache): void {
  app.addHook('onClose', () => cache.close());

  /** Cache-aside, as in lab 1: look, ask, keep. */
  async function answer(key: string, path: string, request: FastifyRequest, reply: FastifyReply) {
    const kept = await cache.get(key);
    if (kept !== undefined) return kept;
    const { status, body } = await askOrigin(path, request.id);
    if (status === 200) await cache.set(key, body);
    return reply.code(status).send(body);
  }

  app.get<Named>('/api/v1/subjects/:name/stats/', async (request, reply) => {
    const { name } = request.params;
    const path = `/subjects/${encodeURIComponent(name)}/stats/`;
    return answer(keysOf(name).stats, path, request, reply);
  });

  app.get<Named>('/api/v1/subjects/:name/', async (request, reply) => {
    const { name } = request.params;
    const language = request.headers['accept-language'] === 'de' ? 'de' : 'en';
    const path = `/subjects/${encodeURIComponent(name)}/?lang=${language}`;
    return answer(keysOf(name)[language], path, request, reply);
  });

  /** Staff change a subject. What is kept about it is deleted once the origin has the change, as in lab 3. */
  app.put<Named>('/api/v1/subjects/:name/', async (request, reply) => {
    const { name } = request.params;
    const role = await roleOf(request);
    if (role === undefined) return reply.code(401).send({ detail: 'Sign in first.' });
    if (role !== 'staff') return reply.code(403).send({ detail: 'This is for staff.' });
    const path = `/subjects/${encodeURIComponent(name)}/`;
    const change = { method: 'PUT', body: request.body ?? null } as const;
    const { status, body } = await askOrigin(path, request.id, change);
    if (status === 200) await cache.delete(Object.values(keysOf(name)));
    return reply.code(status).send(body);
  });
}

/** Who sent the token of the request; undefined where there is none, or nobody has it. */
async function roleOf({ headers, id }: FastifyRequest): Promise<string | undefined> {
  const token = /^Token (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  const { status, body } = await askOrigin(`/tokens/${encodeURIComponent(token)}/`, id);
  return status === 200 ? (body as { role: string }).role : undefined;
}
