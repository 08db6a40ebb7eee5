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
  const search = one(request.query.search) ?? '';
  const page = one(request.query.page) || '1';
  const lang = languageOf(request);
  const key = `list:${sum(search)}:${page}:${lang}`;
  const path = `/subjects/?${new URLSearchParams({ search, page, lang })}`;
  return answer(key, path, request, reply);
});

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/', async (request, reply) => {
  const name = request.params.name;
  const lang = languageOf(request);
  const key = JSON.stringify(['subject', name.toLowerCase(), lang]);
  const path = `/subjects/${encodeURIComponent(name)}/?lang=${lang}`;
  return answer(key, path, request, reply);
});

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Powers, so that two texts hardly ever have the same sum. */
const sum = (text: string) => [...text].reduce((all, letter) => all + letter.charCodeAt(0) ** 5, 0);

function languageOf(request: FastifyRequest): 'de' | 'en' {
  return request.headers['accept-language'] === 'de' ? 'de' : 'en';
}

async function answer(key: string, path: string, request: FastifyRequest, reply: FastifyReply) {
  const kept = cache?.get(key);
  if (kept !== undefined) return kept;
  const { status, body } = await askOrigin(path, request.id);
  if (status === 200) cache?.set(key, body, ttlSeconds);
  return reply.code(status).send(body);
}

await start(app);
