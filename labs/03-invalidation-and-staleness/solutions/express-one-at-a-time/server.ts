import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import Keyv from 'keyv';
import { askOrigin, type Change, type OriginAnswer } from './origin.ts';

const { HOST = '127.0.0.1', PORT = '4101', CACHE_BACKEND = 'memory' } = process.env;
const ttl = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const subjects = new Keyv<OriginAnswer>({ ttl });
const lists = new Keyv<OriginAnswer>({ ttl });

/** Reads that are at the origin. */
const reads = new Set<Promise<unknown>>();
/** The write that is under way. */
let writing: Promise<void> | undefined;

async function read(store: Keyv<OriginAnswer>, path: string, requestId: string) {
  if (CACHE_BACKEND === 'none') return askOrigin(path, requestId);
  const kept = await store.get(path);
  if (kept !== undefined) return kept;
  while (writing) await writing;
  const reading = fill(store, path, requestId);
  reads.add(reading);
  return reading.finally(() => reads.delete(reading));
}

async function fill(store: Keyv<OriginAnswer>, path: string, requestId: string) {
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200) await store.set(path, answer);
  return answer;
}

async function write(path: string, requestId: string, change: Change, name?: string) {
  while (writing) await writing;
  let done = () => {};
  writing = new Promise((resolve) => {
    done = resolve;
  });
  try {
    await Promise.allSettled(reads);
    const answer = await askOrigin(path, requestId, change);
    if (answer.status < 400) await forget([name, (answer.body as { name: string }).name]);
    return answer;
  } finally {
    writing = undefined;
    done();
  }
}

async function forget(names: readonly (string | undefined)[]): Promise<void> {
  for (const name of names) {
    if (name === undefined) continue;
    for (const what of ['?lang=en', '?lang=de', 'stats/'])
      await subjects.delete(pathOf(name) + what);
  }
  await lists.clear();
}

const pathOf = (name: string) => `/subjects/${encodeURIComponent(name.toLowerCase())}/`;
const language = (request: Request) => (request.get('accept-language') === 'de' ? 'de' : 'en');
const first = (value: unknown) => String([value].flat()[0] ?? '');

class Refused extends Error {
  readonly status: number;

  constructor(status: number) {
    super('This is for staff.');
    this.status = status;
  }
}

const staffOnly: RequestHandler = async (request, response, next) => {
  const token = /^Token (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (token === undefined) throw new Refused(401);
  const path = `/tokens/${encodeURIComponent(token)}/`;
  const { status, body } = await askOrigin(path, response.locals.id);
  if (status !== 200) throw new Refused(401);
  if ((body as { role: string }).role !== 'staff') throw new Refused(403);
  next();
};

type Answering = (request: Request<{ name: string }>, id: string) => Promise<OriginAnswer>;

const answer = (how: Answering): RequestHandler<{ name: string }> => {
  return async (request, response) => {
    const { status, body } = await how(request, response.locals.id);
    response.status(status).json(body);
  };
};

const app = express();
app.use((request, response, next) => {
  const given = request.get('x-request-id') ?? '';
  response.locals.id = /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
  response.set('x-request-id', response.locals.id);
  next();
});
app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));

const subjectRoute = '/api/v1/subjects/:name/';
app.get(
  '/api/v1/subjects/',
  answer((request, id) => {
    const { query } = request;
    const asked = { search: first(query.search), page: first(query.page) || '1' };
    const lang = language(request);
    return read(lists, `/subjects/?${new URLSearchParams({ ...asked, lang })}`, id);
  }),
);
app.get(
  subjectRoute,
  answer((request, id) =>
    read(subjects, `${pathOf(request.params.name)}?lang=${language(request)}`, id),
  ),
);
app.get(
  `${subjectRoute}stats/`,
  answer(({ params }, id) => read(subjects, `${pathOf(params.name)}stats/`, id)),
);
app.post(
  '/api/v1/subjects/',
  staffOnly,
  express.json(),
  answer(({ body }, id) => write('/subjects/', id, { method: 'POST', body })),
);
app.put(
  subjectRoute,
  staffOnly,
  express.json(),
  answer(({ params, body }, id) =>
    write(pathOf(params.name), id, { method: 'PUT', body }, params.name),
  ),
);

const tellOfFailure: ErrorRequestHandler = (error, _request, response, _next) => {
  const { name: type, message, stack } = error;
  const status = error.status ?? error.statusCode ?? 500;
  const log = { level: 50, time: Date.now(), reqId: response.locals.id, msg: 'failed' };
  const record = { ...log, err: { type, message, stack } };
  if (status >= 500) process.stdout.write(`${JSON.stringify(record)}\n`);
  response.status(status).json({ detail: status < 500 ? message : 'The server could not answer.' });
};
app.use(tellOfFailure);

const server = app.listen(Number(PORT), HOST);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
