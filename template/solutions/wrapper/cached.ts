import type { OriginAnswer } from './origin.ts';

const ttlSeconds = Number(process.env.CACHE_TTL_S ?? 60);

/** Puts a cache in front of a function: what it gave for a key is given again, until its time is over. */
export function cached<Args extends unknown[]>(
  ask: (...args: Args) => Promise<OriginAnswer>,
  keyOf: (...args: Args) => string,
): (...args: Args) => Promise<OriginAnswer> {
  if (process.env.CACHE_BACKEND === 'none') return ask;
  const kept = new Map<string, { answer: OriginAnswer; endsAt: number }>();
  return async (...args) => {
    const key = keyOf(...args);
    const entry = kept.get(key);
    if (entry && performance.now() < entry.endsAt) return entry.answer;
    const answer = await ask(...args);
    const seconds = answer.status === 200 ? ttlSeconds : 0;
    kept.set(key, { answer, endsAt: performance.now() + seconds * 1000 });
    return answer;
  };
}
