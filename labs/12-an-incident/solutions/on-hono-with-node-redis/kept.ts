import { randomUUID } from 'node:crypto';
import { openStore } from './node-redis-store.ts';
import { askOrigin, type OriginAnswer } from './origin.ts';
import type { Page } from './routes.ts';

const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);
const negativeTtlSeconds = Number(process.env.CACHE_NEGATIVE_TTL_S ?? 30);

export const store = await openStore();

async function kept(
  key: string,
  path: string,
  requestId: string,
  ttlOf: (answer: OriginAnswer) => number | undefined,
): Promise<OriginAnswer> {
  const found = await store.get(key);
  if (found !== undefined) return found as OriginAnswer;
  const answer = await askOrigin(path, requestId);
  const ttl = ttlOf(answer);
  if (ttl !== undefined) await store.set(key, answer, ttl);
  return answer;
}

const good = ({ status }: OriginAnswer) => (status === 200 ? ttlSeconds : undefined);

/** What belongs to one student. */
export const own = {
  read: async (userId: number, what: string, requestId: string): Promise<OriginAnswer> => {
    const generation = (await store.get(`generation/${userId}`)) ?? null;
    const key = JSON.stringify([userId, generation, what]);
    return kept(key, `/students/${userId}/${what}`, requestId, good);
  },
  renew: (studentId: string): Promise<void> =>
    store.set(`generation/${studentId}`, randomUUID(), 2 * ttlSeconds),
};

const waiting = new Map<string, Promise<OriginAnswer>>();

export function statsOf(name: string, requestId: string): Promise<OriginAnswer> {
  const key = `stats/${name.toLowerCase()}`;
  const path = `/subjects/${encodeURIComponent(name)}/stats/`;
  const load = () =>
    kept(key, path, requestId, (answer) =>
      answer.status === 404 ? negativeTtlSeconds : good(answer),
    );
  if (!store.isKeeping) return load();
  let promise = waiting.get(key);
  if (promise === undefined) {
    promise = load().finally(() => waiting.delete(key));
    waiting.set(key, promise);
  }
  return promise;
}

export function pageFor(id: string, isPersonal: boolean, requestId: string): Promise<OriginAnswer> {
  const path = `/pages/${encodeURIComponent(id)}/`;
  if (isPersonal) return askOrigin(path, requestId);
  return kept(`page/${id}`, path, requestId, (answer) =>
    isForAll(answer) ? ttlSeconds : undefined,
  );
}

function isForAll({ status, body }: OriginAnswer): boolean {
  if (status !== 200) return false;
  const page = body as Page;
  const headers = new Headers(page.headers);
  const control = (headers.get('cache-control') ?? '').toLowerCase();
  const words = control.split(',').map((word) => word.trim().split('=')[0] ?? '');
  return (
    page.status === 200 &&
    !headers.has('set-cookie') &&
    !headers.has('vary') &&
    !words.some((word) => ['private', 'no-store', 'no-cache'].includes(word))
  );
}
