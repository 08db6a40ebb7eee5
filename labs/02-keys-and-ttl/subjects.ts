/*
 * The routes of lab 2's two demonstration servers. They differ in one thing: the key of a request.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import NodeCache from 'node-cache';
// The same two files that learners are given.
import { createApp, start } from './starter/app.ts';
import { askOrigin } from './starter/origin.ts';

/** What a request to one of the two routes asks for. */
export type Question =
  | { route: 'list'; search: string; page: string; language: 'de' | 'en' }
  | { route: 'subject'; name: string; language: 'de' | 'en' };

export type KeyOf = (question: Question, request: FastifyRequest) => string;

type Query = Record<string, string | string[] | undefined>;

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const cache = backend === 'memory' ? new NodeCache({ useClones: false }) : undefined;

/** Serves lists and subjects, each answer kept under the key that `keyOf` makes. */
export async function serveSubjects(keyOf: KeyOf): Promise<void> {
  const app = createApp();

  const answer = async (question: Question, request: FastifyRequest, reply: FastifyReply) => {
    const key = keyOf(question, request);
    const kept = cache?.get(key);
    if (kept !== undefined) return kept;
    const { status, body } = await askOrigin(originPath(question), request.id);
    if (status === 200) cache?.set(key, body, ttlSeconds);
    return reply.code(status).send(body);
  };

  app.get<{ Querystring: Query }>('/api/v1/subjects/', async (request, reply) => {
    const search = first(request.query.search) || '';
    const page = first(request.query.page) || '1';
    return answer({ route: 'list', search, page, language: languageOf(request) }, request, reply);
  });

  app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/', async (request, reply) => {
    const { name } = request.params;
    return answer({ route: 'subject', name, language: languageOf(request) }, request, reply);
  });

  await start(app);
}

/** Of a parameter that stands twice, the first value. */
function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function languageOf(request: FastifyRequest): 'de' | 'en' {
  return request.headers['accept-language'] === 'de' ? 'de' : 'en';
}

function originPath(question: Question): string {
  const { language: lang } = question;
  if (question.route === 'subject') {
    return `/subjects/${encodeURIComponent(question.name)}/?lang=${lang}`;
  }
  const { search, page } = question;
  return `/subjects/?${new URLSearchParams({ search, page, lang })}`;
}
