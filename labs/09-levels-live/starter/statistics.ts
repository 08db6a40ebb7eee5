/*
 * Given: the statistics of a subject, cached as in lab 1, and told about at length: this is what a
 * log at debug often looks like. Nothing here needs to change.
 */
import { type Asker, askOrigin, type OriginAnswer } from './origin.ts';

const backend = process.env.CACHE_BACKEND ?? 'memory';
const ttlMs = Number(process.env.CACHE_TTL_S ?? 60) * 1000;

interface Entry {
  answer: OriginAnswer;
  /** On the clock of `performance.now()`, in milliseconds. */
  endsAt: number;
}

const entries = new Map<string, Entry>();

/** What the origin says about a subject: asked for, or kept. */
export async function statisticsOf(request: Asker, name: string): Promise<OriginAnswer> {
  const { log } = request;
  const key = name.toLowerCase();
  const now = performance.now();
  const entry = entries.get(key);
  const isHit = entry !== undefined && now < entry.endsAt;
  log.debug({ key, backend, entries: entries.size }, 'looking into the cache');
  log.debug({ key, isHit, leftMs: Math.round((entry?.endsAt ?? now) - now) }, 'looked');
  const answer = isHit ? entry.answer : await load(request, name, key);
  const { years = [], ...rest } = answer.body as { years?: readonly object[] };
  log.trace({ key, fields: Object.keys(rest) }, 'the fields of the answer');
  for (const year of years) log.debug({ key, ...year }, 'a year of the answer');
  log.debug({ key, status: answer.status, body: answer.body }, 'this is what will be sent');
  log.info({ subject: key, isHit }, 'statistics were read');
  return answer;
}

async function load(request: Asker, name: string, key: string): Promise<OriginAnswer> {
  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const answer = await askOrigin(request, { what: 'statistics', path });
  if (backend === 'memory' && answer.status === 200) {
    entries.set(key, { answer, endsAt: performance.now() + ttlMs });
    request.log.debug({ key, ttlMs, entries: entries.size }, 'kept');
  }
  return answer;
}
