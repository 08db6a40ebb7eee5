import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { logger } from './log.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import type { Page } from './routes.ts';
import { createStore } from './store.ts';

const isKeeping = (process.env.CACHE_BACKEND ?? 'memory') !== 'none';
const negativeTtlSeconds = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30);

export const store = createStore((err) => logger.warn({ err }, 'the store does not help'));

/** What is kept of one student, by what was asked for. */
interface Shelf {
  mark: string;
  answers: Record<string, unknown>;
}

const shelfKey = (studentId: string | number) => `student:${studentId}`;
const shelfOf = async (id: number) => (await store.get(shelfKey(id))) as Shelf | undefined;

export async function keepOwn(id: number, what: string, requestId: string): Promise<OriginAnswer> {
  const before = await shelfOf(id);
  if (before && Object.hasOwn(before.answers, what)) {
    return { status: 200, body: before.answers[what] };
  }
  // Without a shelf there is one now, so that a grade that is posted meanwhile can be noticed.
  const mark = before?.mark ?? randomUUID();
  if (!before) await store.set(shelfKey(id), { mark, answers: {} });
  const answer = await askOrigin(`/students/${id}/${what}`, requestId);
  const now = await shelfOf(id);
  if (answer.status === 200 && now?.mark === mark) {
    await store.set(shelfKey(id), { mark, answers: { ...now.answers, [what]: answer.body } });
  }
  return answer;
}

export const noLongerOwn = (studentId: string): Promise<void> => store.delete(shelfKey(studentId));

const flights = new Map<string, Promise<OriginAnswer>>();

export function statsOf(name: string, requestId: string): Promise<OriginAnswer> {
  const key = `stats:${name.toLowerCase()}`;
  if (!isKeeping) return loadStats(key, name, requestId);
  const flight =
    flights.get(key) ?? loadStats(key, name, requestId).finally(() => flights.delete(key));
  flights.set(key, flight);
  return flight;
}

async function loadStats(key: string, name: string, requestId: string): Promise<OriginAnswer> {
  const kept = await store.get(key);
  if (kept !== undefined) return kept as OriginAnswer;
  const answer = await askOrigin(`/subjects/${encodeURIComponent(name)}/stats/`, requestId);
  if (answer.status === 200) await store.set(key, answer);
  if (answer.status === 404) await store.set(key, answer, negativeTtlSeconds);
  return answer;
}

export async function pageFor(
  id: string,
  { authorization, cookie }: IncomingHttpHeaders,
  requestId: string,
): Promise<OriginAnswer> {
  const path = `/pages/${encodeURIComponent(id)}/`;
  if (authorization !== undefined || cookie !== undefined) return askOrigin(path, requestId);
  const kept = await store.get(`page:${id}`);
  if (kept !== undefined) return kept as OriginAnswer;
  const answer = await askOrigin(path, requestId);
  if (answer.status === 200 && isForAll(answer.body as Page)) await store.set(`page:${id}`, answer);
  return answer;
}

function isForAll({ status, headers }: Page): boolean {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`.toLowerCase());
  const has = (name: string) => lines.some((line) => line.startsWith(`${name}:`));
  const control = lines.find((line) => line.startsWith('cache-control:')) ?? '';
  const words = control.slice(control.indexOf(':') + 1).split(/[\s,]+/);
  const forbids = ['private', 'no-store', 'no-cache'].some((word) => words.includes(word));
  return status === 200 && !forbids && !has('set-cookie') && !has('vary');
}
