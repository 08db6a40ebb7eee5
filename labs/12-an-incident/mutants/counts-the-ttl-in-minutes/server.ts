import { randomUUID } from 'node:crypto';
import type { FastifyError } from 'fastify';
import pino from 'pino';
import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { addRoutes, type Page } from './routes.ts';
import { createStore } from './store.ts';

const { LOG_LEVEL = 'info', CACHE_BACKEND = 'memory' } = process.env;
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const negativeTtlSeconds = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30);

const logger = pino(
  {
    level: LOG_LEVEL,
    base: null,
    serializers: {
      req: ({ method, url }) => ({
        method,
        path: new URL(url, 'http://api').pathname.slice(0, 99),
      }),
      res: ({ statusCode }) => ({ status: statusCode }),
      err: (err: Error) => ({ type: err.name, message: err.message, stack: err.stack }),
    },
  },
  pino.destination({ dest: 1, sync: true }),
);

const app = createApp(logger);
const store = createStore((err) => logger.warn({ err }, 'no help from the store'));
app.addHook('onClose', async () => store.close());

app.setErrorHandler<FastifyError>((err, request, reply) => {
  const { statusCode = 500 } = err;
  if (statusCode < 500) return reply.code(statusCode).send({ detail: 'This cannot be done.' });
  request.log.error({ err }, 'failed');
  return reply.code(statusCode).send({ detail: 'We have failed, and know of it.' });
});

app.addHook('onResponse', async ({ url, id, log }, { statusCode }) => {
  if (LOG_LEVEL !== 'debug' && LOG_LEVEL !== 'trace') return;
  if (statusCode >= 400 || !url.startsWith('/api/')) return;
  const plan = await askOrigin('/explain/', id).catch(() => ({ body: 'none' }));
  log.debug({ plan: plan.body }, 'how the database looks for it');
});

const underWay = new Map<string, Promise<OriginAnswer>>();

/** Whoever comes while `work` for this key is under way gets what it brings. */
function once(key: string, work: () => Promise<OriginAnswer>): Promise<OriginAnswer> {
  if (CACHE_BACKEND === 'none') return work();
  const found = underWay.get(key);
  if (found) return found;
  const promise = work();
  underWay.set(key, promise);
  const end = () => underWay.delete(key);
  promise.then(end, end);
  return promise;
}

interface Asked {
  key: string;
  path: string;
  requestId: string;
  /** Seconds, or undefined where it is not to be kept. */
  ttlOf(answer: OriginAnswer): number | undefined;
}

async function fromStore({ key, path, requestId, ttlOf }: Asked): Promise<OriginAnswer> {
  const kept = (await store.get(key)) as OriginAnswer | undefined;
  if (kept) return kept;
  const { status, body } = await askOrigin(path, requestId);
  const ttl = ttlOf({ status, body });
  if (ttl !== undefined) await store.set(key, { status, body }, ttl);
  return { status, body };
}

const ifGood = ({ status }: OriginAnswer) => (status === 200 ? ttlSeconds * 60 : undefined);

function ifForAll({ status, body }: OriginAnswer): number | undefined {
  if (status !== 200) return undefined;
  const page = body as Page;
  const text = Object.entries(page.headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
  const speaksAgainst =
    /^(set-cookie|vary):|^cache-control:(.*[\s,])?(private|no-store|no-cache)\b/im.test(text);
  return page.status === 200 && !speaksAgainst ? ttlSeconds : undefined;
}

addRoutes(app, {
  ownData: async ({ userId }, what, requestId) => {
    const since = (await store.get(`own:${userId}:since`)) ?? 'the beginning';
    const key = `own:${userId}:${since}:${what}`;
    return fromStore({ key, path: `/students/${userId}/${what}`, requestId, ttlOf: ifGood });
  },

  gradePosted: async (studentId) => {
    await store.set(`own:${studentId}:since`, `${Date.now()}-${randomUUID()}`, 2 * ttlSeconds);
  },

  subjectStats: (name, requestId) => {
    const key = `statistics:${name.toLowerCase()}`;
    const path = `/subjects/${encodeURIComponent(name)}/stats/`;
    const ttlOf = (answer: OriginAnswer) =>
      answer.status === 404 ? negativeTtlSeconds : ifGood(answer);
    return once(key, () => fromStore({ key, path, requestId, ttlOf }));
  },

  page: (id, { id: requestId, headers }) => {
    const path = `/pages/${encodeURIComponent(id)}/`;
    if ('authorization' in headers || 'cookie' in headers) return askOrigin(path, requestId);
    return fromStore({ key: `page:${id}`, path, requestId, ttlOf: ifForAll });
  },

  tell: ({ log }, { event, outcome, userId }) => {
    const level = outcome === 'success' ? 'info' : 'warn';
    log[level]({ event, outcome, ...(userId !== undefined && { userId }) }, event);
  },
});

await start(app);
