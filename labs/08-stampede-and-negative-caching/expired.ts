import type { Answer, FailureContext, Probe } from 'course-labs/kit';
import { demand, sameJson, watchExpiry } from 'course-labs/kit';
import { ask, at, callsFor, change, freshName } from './requirement.ts';
import { callsAbout, crowd, hasReadAll, statsPath } from './scenes.ts';

/** How long after its end an entry may still be used: clocks may count whole seconds. */
const lateMs = 2_000;
/** Servers' clocks count whole milliseconds and get corrected. */
const marginMs = 20;

/** Ends the check: an entry that had expired at `endMs` was used by a request of this moment. */
function demandExpired(askedAtMs: number, endMs: number, context: FailureContext): void {
  const used = askedAtMs >= endMs + lateMs ? 'none, for 2 s more' : 'one';
  demand('after the TTL, calls to the origin', 'one', used, context);
}

/** Asks from the end of an entry on, and gives the answer to the first request that reached the origin. */
export async function askExpired(
  probe: Probe,
  name: string,
  endMs: number,
  words: FailureContext,
): Promise<Answer> {
  await probe.waitUntil(endMs);
  for (;;) {
    const askedAtMs = probe.clock.nowMs();
    const before = await callsFor(probe, name);
    const answer = await probe.server.get(statsPath(name));
    if ((await callsFor(probe, name)) > before) return answer;
    demandExpired(askedAtMs, endMs, at(words, name));
  }
}

/** Watches an entry on a server with a TTL of 1 s: before its end it must cost no call. */
export async function demandWholeTtl(probe: Probe, words: FailureContext): Promise<void> {
  const entry = async () => {
    const name = freshName(probe);
    let news: unknown;
    return {
      ask: () => ask(probe, name),
      calls: () => callsFor(probe, name),
      change: async () => {
        news = await change(probe, name);
      },
      isNew: ({ json }: Answer) => sameJson(json, news),
    };
  };
  const { kind, answer } = await watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
  const rationale = 'An entry that ends before its TTL spares the origin less than it could.';
  const context = { ...words, rationale, request: answer.request };
  demand('calls to the origin within the TTL', 0, kind === 'early' ? 1 : 0, context);
}

/** What a crowd got whose first request found that the entry had expired, and was held at the origin. */
export interface Reload {
  answers: readonly Answer[];
  /** Calls that came before the first of them was answered, that one included. */
  overlapping: number;
}

/** Lets the entry that `fill` made with a TTL of 1 s expire, and sends the crowd while its reload is held. */
export async function expireWhileHeld(
  probe: Probe,
  name: string,
  fill: Answer,
  context: FailureContext,
): Promise<Reload> {
  const { server, origin, clock } = probe;
  const held = await origin.hold(callsAbout(name));
  const endMs = fill.receivedAtMs + 1_000 + marginMs;
  await probe.waitUntil(endMs);
  const get = () => server.get(statsPath(name));
  const before = await callsFor(probe, name);
  const hasReached = async () => (await callsFor(probe, name)) > before;

  let first = get();
  for (let askedAtMs = clock.nowMs(); !(await reaches(first)); askedAtMs = clock.nowMs()) {
    demandExpired(askedAtMs, endMs, context);
    first = get();
  }
  /** It waits at the origin; otherwise it was answered, from an entry that is still used. */
  async function reaches(request: Promise<Answer>): Promise<boolean> {
    let isAnswered = false;
    const answered = request.then(() => {
      isAnswered = true;
    });
    const either = async () => isAnswered || (await hasReached());
    await Promise.race([probe.poll(either, clock.nowMs() + 10_000), answered]);
    return hasReached();
  }

  const others = Array.from({ length: crowd - 1 }, get);
  const [answers] = await Promise.all([
    Promise.all([first, ...others]),
    hasReadAll(probe, server).finally(() => held.release()),
  ]);
  const [reload, ...further] = (await origin.calls(callsAbout(name))).slice(before);
  const answeredAtMs = reload?.answeredAtMs ?? Number.POSITIVE_INFINITY;
  const overlapping = 1 + further.filter(({ arrivedAtMs }) => arrivedAtMs < answeredAtMs).length;
  return { answers, overlapping };
}
