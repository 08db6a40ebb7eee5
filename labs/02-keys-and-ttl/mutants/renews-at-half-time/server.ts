import type { FastifyRequest } from 'fastify';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';

/** Fastify gives an array where a parameter stands more than once. */
type Query = Record<string, string | string[] | undefined>;

const isOn = (process.env.CACHE_BACKEND ?? 'memory') === 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

/** `endsAt` is on the clock of `performance.now()`. */
const entries = new Map<string, { answer: OriginAnswer; endsAt: number }>();

const app = createApp();

app.get<{ Querystring: Query }>('/api/v1/subjects/', async (request, reply) => {
  const [search = ''] = [request.query.search].flat();
  const page = [request.query.page].flat()[0] || '1';
  const lang = languageOf(request);
  const key = JSON.stringify(['list', search, page, lang]);
  const path = `/subjects/?${new URLSearchParams({ search, page, lang })}`;
  const { status, body } = await cached(key, () => askOrigin(path, request.id));
  return reply.code(status).send(body);
});

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/', async (request, reply) => {
  const name = request.params.name.toLowerCase();
  const lang = languageOf(request);
  const key = JSON.stringify(['subject', name, lang]);
  const path = `/subjects/${encodeURIComponent(name)}/?lang=${lang}`;
  const { status, body } = await cached(key, () => askOrigin(path, request.id));
  return reply.code(status).send(body);
});

function languageOf(request: FastifyRequest): string {
  return request.headers['accept-language'] === 'de' ? 'de' : 'en';
}

async function cached(key: string, load: () => Promise<OriginAnswer>): Promise<OriginAnswer> {
  const entry = entries.get(key);
  if (entry && performance.now() < entry.endsAt) return entry.answer;
  const answer = await load();
  if (isOn && answer.status === 200) {
    entries.set(key, { answer, endsAt: performance.now() + ttlMs / 2 });
  }
  return answer;
}

await start(app);
