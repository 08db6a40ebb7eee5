/*
 * Lab 2, exercise C1: a canonical key.
 *
 * This server caches under the URL as it came. Change that: requests that must get the same answer
 * share an entry, and no others do.
 *
 * - A list depends on `search`, `page` and the language, a subject on its name and the language.
 *   Nothing else makes an entry: no other parameter, and no other header.
 * - What means the same is the same. An absent or empty page is 1, an absent search is empty, a
 *   missing Accept-Language is `en`. A name counts in any case (toLowerCase), a search as it is.
 * - Whatever people send, two questions never meet under one key: there are searches like
 *   `a&page=2` and names like `C#` and `constructor`.
 * - Of a parameter that stands twice, take one value, the same for the key and for the origin.
 * - What works stays: an answer of status 200 is used for CACHE_TTL_S seconds, a failed origin is a
 *   5xx that nobody keeps, and with CACHE_BACKEND=none nothing is kept.
 *
 * Check: course-labs check-answer 2 C1     Try by hand: course-labs serve 2 --mine
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import NodeCache from 'node-cache';
import { createApp, start } from './app.ts';
import { askOrigin } from './origin.ts';

/** Fastify gives an array where a parameter stands more than once. */
type Query = Record<string, string | string[] | undefined>;

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

const app = createApp();

app.get<{ Querystring: Query }>('/api/v1/subjects/', async (request, reply) => {
  const { search = '', page = '1' } = request.query;
  const asked = { search: String(search), page: String(page), lang: languageOf(request) };
  return answer(request.url, `/subjects/?${new URLSearchParams(asked)}`, request, reply);
});

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/', async (request, reply) => {
  const name = encodeURIComponent(request.params.name);
  return answer(request.url, `/subjects/${name}/?lang=${languageOf(request)}`, request, reply);
});

function languageOf(request: FastifyRequest): 'de' | 'en' {
  return request.headers['accept-language'] === 'de' ? 'de' : 'en';
}

/** Answers what is kept under the key, or asks the origin for the path and keeps a good answer. */
async function answer(key: string, path: string, request: FastifyRequest, reply: FastifyReply) {
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;
  const { status, body } = await askOrigin(path, request.id);
  if (status === 200) cache?.set(key, body, ttlSeconds);
  return reply.code(status).send(body);
}

await start(app);
