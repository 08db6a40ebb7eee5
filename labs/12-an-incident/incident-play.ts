import type { Random } from 'course-labs/kit';
import { type Content, createKept, type Kept } from './incident-cache.ts';
import { createOrigin, type OriginCall } from './incident-origin.ts';
import { hasResponseCache, isAtDebug, lengthMs, type Plan, ttlMs } from './incident-plan.ts';
import type { Request } from './incident-traffic.ts';

/** One request and how it was answered. */
export interface Served {
  request: Request;
  reqId: string;
  /** When it was answered, in milliseconds; no two are answered in the same one. */
  endMs: number;
  status: number;
  /** `pass` where no cache was asked. */
  cache: 'hit' | 'miss' | 'pass';
  bytes: number;
  /** Of answers that could be kept, and of those alone. */
  content?: Content;
  /** Of what was asked of the origin; token look-ups are left out. */
  call?: OriginCall;
  failure?: 'timed out' | 'broke off';
  /** Answers in the store at that moment. */
  entries: number;
}

interface World {
  plan: Plan;
  random: Random;
  kept: Kept;
  contentOf(request: Request): Content;
}

/** Answers all requests in order of time; those that fail are sent again by clients that do not give up. */
export function play(random: Random, plan: Plan, requests: readonly Request[]): Served[] {
  const world = { plan, random, kept: createKept(), contentOf: createContents(random) };
  const origin = createOrigin();
  const waiting = [...requests];
  const taken = new Set<number>();
  const served: Served[] = [];
  let isFlushed = false;
  for (let request = waiting.shift(); request; request = waiting.shift()) {
    if (!isFlushed && request.atMs >= plan.flushMs) {
      world.kept.flush(plan.flushMs);
      isFlushed = true;
    }
    const answer = answerTo(world, request, origin.call);
    // A pipe that is full holds up whoever writes into it.
    const heldUpMs = isAtDebug(plan, request.instance, answer.endMs) ? random.integer(90, 700) : 0;
    let endMs = Math.round(answer.endMs + heldUpMs);
    while (taken.has(endMs)) endMs += 1;
    taken.add(endMs);
    if (request.atMs >= 0 && endMs < lengthMs) {
      const entries = world.kept.count(request.atMs);
      served.push({ ...answer, request, endMs, reqId: reqIdOf(random), entries });
    }
    if (answer.failure && request.retries < 2 && random.next() < 0.75) {
      const atMs = endMs + random.integer(700, 2_500);
      insert(waiting, { ...request, atMs, retries: request.retries + 1 });
    }
  }
  return served.sort((one, two) => one.endMs - two.endMs);
}

type Answer = Omit<Served, 'request' | 'reqId' | 'entries'>;

function answerTo(
  world: World,
  request: Request,
  call: (atMs: number, workMs: number) => OriginCall,
): Answer {
  const { random, kept, plan } = world;
  const { atMs, kind, isRefused } = request;
  if (kind === 'login') {
    const endMs = atMs + random.integer(70, 140);
    return { endMs, status: isRefused ? 400 : 200, cache: 'pass', bytes: isRefused ? 42 : 54 };
  }
  const key = keyOf(plan, request);
  const found = key === undefined ? undefined : kept.find(key, atMs);
  if (found) {
    const endMs = atMs + random.integer(1, 5);
    return { endMs, status: 200, cache: 'hit', ...replyOf(found.content) };
  }
  const cache = key === undefined ? 'pass' : 'miss';
  if (cache === 'miss' && atMs >= plan.blipMs && atMs < plan.blipMs + 1_500) {
    const endMs = atMs + random.integer(8, 20);
    const broken = { atMs, endMs, isTimedOut: false, workMs: 0 };
    return { endMs, status: 502, cache, bytes: 41, call: broken, failure: 'broke off' };
  }
  const made = call(atMs, workOf(request, plan, random));
  const endMs = made.endMs + random.integer(1, 4);
  if (made.isTimedOut) {
    return { endMs, status: 503, cache, bytes: 41, call: made, failure: 'timed out' };
  }
  const content = world.contentOf(request);
  if (kind === 'grade') return { endMs, status: 201, cache, bytes: content.bytes, call: made };
  if (key !== undefined) {
    kept.keep(key, { content, fromMs: endMs, untilMs: endMs + ttlMs });
    return { endMs, status: 200, cache, ...replyOf(content), call: made };
  }
  return { endMs, status: 200, cache, bytes: content.bytes, call: made };
}

const replyOf = (content: Content) => ({ content, bytes: content.bytes });

/** What an answer is kept under; undefined where it is not kept. */
function keyOf(plan: Plan, { kind, path, userId, instance, atMs }: Request): string | undefined {
  if (kind === 'locker' || kind === 'grade' || kind === 'login') return undefined;
  if (kind === 'subject') return `stats ${path}`;
  if (hasResponseCache(plan, instance, atMs)) return `GET ${path}`;
  return kind === 'public' ? undefined : `student ${userId} ${path}`;
}

/** Milliseconds of work at the origin. */
function workOf({ kind, path }: Request, { slowSubject }: Plan, random: Random): number {
  if (kind !== 'subject') return random.integer(14, 40);
  const isSlow = path.includes(`/${encodeURIComponent(slowSubject)}/`);
  return isSlow ? random.integer(1_900, 2_300) : random.integer(800, 1_400);
}

/** Bodies as far as logs know them: a fingerprint and a size for each content, new ones after a posted grade. */
function createContents(random: Random): World['contentOf'] {
  const contents = new Map<string, Content>();
  const etags = new Set<string>();
  const generations = new Map<number, number>();
  return ({ kind, path, userId, studentId }) => {
    if (kind === 'grade') {
      generations.set(studentId as number, (generations.get(studentId as number) ?? 0) + 1);
    }
    const isOwn = path.includes('/me/');
    const whose = isOwn ? `${userId} ${generations.get(userId as number) ?? 0} ` : '';
    const known = contents.get(whose + path);
    if (known) return known;
    let etag = hex(random);
    while (etags.has(etag)) etag = hex(random);
    etags.add(etag);
    const bytes = kind === 'grades' ? random.integer(640, 790) : random.integer(120, 260);
    const content = { etag, bytes, ...(isOwn && { ownerId: userId as number }) };
    contents.set(whose + path, content);
    return content;
  };
}

const hex = (random: Random) => random.integer(0x1000_0000, 0xffff_ffff).toString(16);
const reqIdOf = (random: Random) => `req-${random.text(8)}`;

function insert(waiting: Request[], request: Request): void {
  const at = waiting.findIndex(({ atMs }) => atMs > request.atMs);
  waiting.splice(at < 0 ? waiting.length : at, 0, request);
}
