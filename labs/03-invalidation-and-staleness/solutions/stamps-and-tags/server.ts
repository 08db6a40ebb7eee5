import { LRUCache } from 'lru-cache';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { detailPath, languageOf, listPath, statsPath } from './paths.ts';
import { staffOnly } from './staff.ts';

interface Named {
  Params: { name: string };
}

interface Entry {
  answer: OriginAnswer;
  tags: readonly string[];
  /** Number of the last write when the origin was asked. */
  stamp: number;
}

const { CACHE_BACKEND = 'memory', CACHE_TTL_S = '60', CACHE_MAX_ENTRIES = '10000' } = process.env;
const entries = new LRUCache<string, Entry>({
  max: Number(CACHE_MAX_ENTRIES),
  ttl: Number(CACHE_TTL_S) * 1000,
});

let writes = 0;
/** By tag: the number of the last write to it. */
const written = new Map<string, number>();

const subjectTag = (name: string) => `subject ${name.toLowerCase()}`;
/** Which subjects there are, and what they are called. */
const namesTag = 'names';

function note(tags: readonly string[]): void {
  writes += 1;
  for (const tag of tags) written.set(tag, writes);
}

const isGood = ({ tags, stamp }: Entry) => tags.every((tag) => (written.get(tag) ?? 0) <= stamp);

type TagsOf = (answer: OriginAnswer) => readonly string[];

async function read(path: string, requestId: string, tagsOf: TagsOf): Promise<OriginAnswer> {
  const entry = entries.get(path);
  if (entry && isGood(entry)) return entry.answer;
  const stamp = writes;
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200 && CACHE_BACKEND === 'memory') {
    entries.set(path, { answer, tags: tagsOf(answer), stamp });
  }
  return answer;
}

const tagsOfList: TagsOf = ({ body }) => {
  const { results } = body as { results: { name: string }[] };
  return [namesTag, ...results.map(({ name }) => subjectTag(name))];
};

const app = createApp();

app.get('/api/v1/subjects/', async (request, reply) => {
  const { status, body } = await read(listPath(request), request.id, tagsOfList);
  return reply.code(status).send(body);
});

app.get<Named>('/api/v1/subjects/:name/', async (request, reply) => {
  const { name } = request.params;
  const path = detailPath(name, languageOf(request));
  const { status, body } = await read(path, request.id, () => [subjectTag(name)]);
  return reply.code(status).send(body);
});

app.get<Named>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const { status, body } = await read(statsPath(name), request.id, () => [subjectTag(name)]);
  return reply.code(status).send(body);
});

app.post('/api/v1/subjects/', { onRequest: staffOnly }, async (request, reply) => {
  const change = { method: 'POST', body: request.body } as const;
  const { status, body } = await askOrigin('/subjects/', request.id, change);
  if (status < 400) note([namesTag, subjectTag((body as { name: string }).name)]);
  return reply.code(status).send(body);
});

app.put<Named>('/api/v1/subjects/:name/', { onRequest: staffOnly }, async (request, reply) => {
  const { name } = request.params;
  const change = { method: 'PUT', body: request.body } as const;
  const { status, body } = await askOrigin(
    detailPath(name, languageOf(request)),
    request.id,
    change,
  );
  if (status < 400) {
    const { name: next } = body as { name: string };
    const renamed = next === name ? [] : [namesTag, subjectTag(next)];
    note([subjectTag(name), ...renamed]);
  }
  return reply.code(status).send(body);
});

await start(app);
