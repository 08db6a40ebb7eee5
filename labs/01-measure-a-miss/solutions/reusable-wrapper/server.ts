import { createApp, start } from './app.ts';
import { createCached } from './cache.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

const cached = createCached(backend);

/** An answer for this client only. */
class NotKept extends Error {
  readonly answer: OriginAnswer;

  constructor(answer: OriginAnswer) {
    super(`status ${answer.status} is not kept`);
    this.answer = answer;
  }
}

const app = createApp();
app.log.info({ backend, ttlSeconds }, 'cache settings');

async function loadStats(name: string, requestId: string): Promise<OriginAnswer> {
  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const answer = await askOrigin(path, requestId);
  if (answer.status !== 200) throw new NotKept(answer);
  return answer;
}

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const load = () => loadStats(name, request.id);
  const { status, body } = await cached(`subject-stats:${name}`, ttlSeconds, load).catch(
    (error: unknown) => {
      if (error instanceof NotKept) return error.answer;
      throw error;
    },
  );
  return reply.code(status).send(body);
});

await start(app);
