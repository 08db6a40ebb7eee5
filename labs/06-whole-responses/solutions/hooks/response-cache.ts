import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import NodeCache from 'node-cache';

interface Stored {
  status: number;
  headers: ReturnType<FastifyReply['getHeaders']>;
  body: string;
  storedAtMs: number;
  isPublic: boolean;
}

/** Stores whole responses and sends them again, where that is safe for everybody. */
export function addResponseCache(app: Pick<FastifyInstance, 'addHook'>): void {
  const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
  const responses = new NodeCache({ stdTTL: ttlSeconds, useClones: false });
  // What the last response to a URL varied on: with it the key of a request can be told before it is answered.
  const varyOf = new NodeCache({ stdTTL: ttlSeconds, useClones: false });
  const replayed = new WeakSet<FastifyRequest>();

  const keyOf = ({ url, headers }: FastifyRequest, names: readonly string[]) =>
    // In JSON an absent header is null and an empty one "", and no two lists of values look alike.
    JSON.stringify([url, ...names.map((name) => [name, headers[name] ?? null])]);

  const find = (request: FastifyRequest): Stored | undefined => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const names = varyOf.get<string[]>(`vary ${request.url}`);
    const stored = names && responses.get<Stored>(keyOf(request, names));
    return stored && (stored.isPublic || !isPersonal(request.headers)) ? stored : undefined;
  };

  app.addHook('onRequest', async (request, reply) => {
    const stored = find(request);
    if (stored === undefined) return;
    replayed.add(request);
    const age = Math.floor((performance.now() - stored.storedAtMs) / 1000);
    return reply.code(stored.status).headers(stored.headers).header('age', age).send(stored.body);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    if (replayed.has(request) || typeof payload !== 'string') return;
    const isPublic = mayStore(request, reply);
    if (isPublic === undefined) return;
    const { statusCode: status } = reply;
    const names = listOf(reply.getHeader('vary')).sort();
    const storedAtMs = performance.now();
    const stored = { status, headers: reply.getHeaders(), body: payload, storedAtMs, isPublic };
    varyOf.set(`vary ${request.url}`, names);
    responses.set(keyOf(request, names), stored);
  });
}

/** Undefined where nothing may be stored; else whether the response says that it is for everybody. */
function mayStore(request: FastifyRequest, reply: FastifyReply): boolean | undefined {
  if (request.method !== 'GET' || reply.statusCode !== 200) return undefined;
  if (reply.hasHeader('set-cookie') || listOf(reply.getHeader('vary')).includes('*')) {
    return undefined;
  }
  const directives = listOf(reply.getHeader('cache-control')).map((each) => each.split('=')[0]);
  const forbids = ['private', 'no-store', 'no-cache'];
  if (forbids.some((each) => directives.includes(each))) return undefined;
  const isPublic = directives.includes('public');
  return isPublic || !isPersonal(request.headers) ? isPublic : undefined;
}

/** The request says who sends it: what it brings may be for nobody else. */
function isPersonal({ authorization, cookie }: IncomingHttpHeaders): boolean {
  return authorization !== undefined || cookie !== undefined;
}

/** `Accept-Language,  X-Plan` as ['accept-language', 'x-plan']: names and directives mean the same in any case. */
function listOf(header: string | number | string[] | undefined): string[] {
  const items = String(header ?? '')
    .toLowerCase()
    .split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
