import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';

const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new Map<string, Entry>();

/** How long an answer is kept, in seconds; 0 for one that is not. */
function secondsFor({ status }: OriginAnswer): number {
  return status === 200 ? ttlSeconds : 0;
}

const app = createApp();

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const entry = entries.get(name);
  if (entry && performance.now() < entry.endsAt) {
    return reply.code(entry.answer.status).send(entry.answer.body);
  }

  const answer = await askOrigin(`/subjects/${encodeURIComponent(name)}/stats/`, request.id);
  const seconds = secondsFor(answer);
  if (seconds > 0) {
    entries.set(name, { answer, endsAt: performance.now() + seconds * 1000 });
  }
  return reply.code(answer.status).send(answer.body);
});

await start(app);
