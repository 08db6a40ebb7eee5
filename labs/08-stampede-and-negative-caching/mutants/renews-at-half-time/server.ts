import { createApp, start } from './app.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import { requireStaff } from './staff.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;
const negativeTtlMs = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30) * 1000;
/** 0 where it is not set. */
const graceMs = Number(process.env.CACHE_GRACE_S ?? 0) * 1000;

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new Map<string, Entry>();
/** Calls that are under way. */
const flights = new Map<string, Promise<OriginAnswer>>();

/** `chess` and `Chess` are one subject. */
const keyOf = (name: string) => name.toLowerCase();

function keep(key: string, answer: OriginAnswer): void {
  if (answer.status !== 200 && answer.status !== 404) return;
  const forMs = answer.status === 200 ? ttlMs / 2 : negativeTtlMs;
  entries.set(key, { answer, endsAt: performance.now() + forMs });
}

/** The call that is under way for the key, or a new one. */
function load(key: string, name: string, requestId: string): Promise<OriginAnswer> {
  const underWay = flights.get(key);
  if (underWay) return underWay;
  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const isCurrent = () => flights.get(key) === flight;
  const flight = askOrigin(path, requestId)
    .then((answer) => {
      if (isCurrent()) keep(key, answer);
      return answer;
    })
    .finally(() => {
      if (isCurrent()) flights.delete(key);
    });
  flights.set(key, flight);
  return flight;
}

/** What the origin says before the creation is not to be kept after it, so its flight is forgotten, too. */
function forgetNotFound(key: string): void {
  entries.delete(key);
  flights.delete(key);
}

const app = createApp();
app.log.info({ backend, ttlMs, negativeTtlMs, graceMs }, 'cache settings');

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const send = ({ status, body }: OriginAnswer) => reply.code(status).send(body);
  if (backend !== 'memory') {
    return send(await askOrigin(`/subjects/${encodeURIComponent(name)}/stats/`, request.id));
  }

  const key = keyOf(name);
  const entry = entries.get(key);
  if (entry && performance.now() < entry.endsAt) return send(entry.answer);
  try {
    return send(await load(key, name, request.id));
  } catch (err) {
    const isWithinGrace = entry && performance.now() < entry.endsAt + graceMs;
    if (!isWithinGrace || entry.answer.status !== 200) throw err;
    request.log.warn({ event: 'stale', err }, 'the origin failed: an expired answer is served');
    return send(entry.answer);
  }
});

app.post<{ Body: { name?: unknown } }>(
  '/api/v1/subjects/',
  { preHandler: requireStaff },
  async (request, reply) => {
    const { status, body } = await askOrigin('/subjects/', request.id, request.body ?? null);
    if (status === 201) forgetNotFound(keyOf(String(request.body.name)));
    return reply.code(status).send(body);
  },
);

await start(app);
