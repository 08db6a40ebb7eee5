import { randomUUID } from 'node:crypto';
import { createApp, start } from './app.ts';
import { createLogger, tellFailures, tellPlans } from './log.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { isForAll, isPersonal } from './page-rules.ts';
import { addRoutes, type Page } from './routes.ts';
import { createStore } from './store.ts';

const isKeeping = (process.env.CACHE_BACKEND ?? 'memory') !== 'none';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const negativeTtlSeconds = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30);

const logger = createLogger();
const app = createApp(logger);
const store = createStore((err) => logger.warn({ err }, 'the store does not help'));
app.addHook('onClose', () => store.close());
tellFailures(app);
tellPlans(app, logger);

/** What is kept under the key, or what `load` brings, which is then kept if it is a 200. */
async function kept(key: string, load: () => Promise<OriginAnswer>): Promise<OriginAnswer> {
  const found = await store.get(key);
  if (found !== undefined) return found as OriginAnswer;
  const answer = await load();
  if (answer.status === 200) await store.set(key, answer);
  return answer;
}

/** Calls that are under way, by subject. */
const flights = new Map<string, Promise<OriginAnswer>>();

async function statsOf(name: string, requestId: string): Promise<OriginAnswer> {
  const key = `stats:${name}`;
  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  return kept(key, async () => {
    const answer = await askOrigin(path, requestId);
    if (answer.status === 404) await store.set(key, answer, negativeTtlSeconds);
    return answer;
  });
}

const generationOf = (studentId: string | number) => `generation:${studentId}`;

addRoutes(app, {
  ownData: async ({ userId }, what, requestId) => {
    const generation = (await store.get(generationOf(userId))) ?? 'first';
    return kept(`student:${userId}:${generation}:${what}`, () =>
      askOrigin(`/students/${userId}/${what}`, requestId),
    );
  },

  // It outlives all that was kept, or was on its way to be kept, before the grade was posted.
  gradePosted: (studentId) => store.set(generationOf(studentId), randomUUID(), 2 * ttlSeconds),

  subjectStats: (name, requestId) => {
    const key = name.toLowerCase();
    const flight = isKeeping ? flights.get(key) : undefined;
    if (flight) return flight;
    const started = statsOf(key, requestId).finally(() => flights.delete(key));
    if (isKeeping) flights.set(key, started);
    return started;
  },

  page: async (id, request) => {
    const path = `/pages/${encodeURIComponent(id)}/`;
    if (isPersonal(request.headers)) return askOrigin(path, request.id);
    const found = await store.get(`page:${id}`);
    if (found !== undefined) return found as OriginAnswer;
    const answer = await askOrigin(path, request.id);
    const isGood = answer.status === 200 && isForAll(answer.body as Page);
    if (isGood) await store.set(`page:${id}`, answer);
    return answer;
  },

  tell: ({ log }, event) => {
    log[event.outcome === 'failure' ? 'warn' : 'info'](event, event.event);
  },
});

await start(app);
