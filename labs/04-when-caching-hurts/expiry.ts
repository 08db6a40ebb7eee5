import type { Answer, FailureContext, OriginRoute, Probe } from 'course-labs/kit';
import { demand, sameJson, watchExpiry } from 'course-labs/kit';
import { askWell, listPath, searchPath } from './requests.ts';

/** Watches a search and the announcements end, side by side, on a server with a TTL of 1 s. */
export async function judgeExpiry(probe: Probe, words: FailureContext): Promise<void> {
  // An answer may keep a search when it comes for the second time.
  const search = async () => watched(probe, words, searchPath(probe.random.text(12)), 'subjects');
  const list = async () => watched(probe, words, listPath, 'announcements');
  const watch = (entry: typeof list) => watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
  for (const { kind, answer } of await Promise.all([watch(search), watch(list)])) {
    const context = { ...words, request: answer.request };
    const rationale = 'An entry that ends before its TTL spares the origin less than it could.';
    const within = kind === 'early' ? 1 : 0;
    demand('calls to the origin within the TTL', 0, within, { ...context, rationale });
    const wanted = 'the new answer';
    const never = kind === 'never' ? 'the old one, for 2 s more' : wanted;
    demand('after the TTL', wanted, never, context);
    const stale = kind === 'stale' ? 'the old one, once more' : wanted;
    const help = 'The client who finds that the entry has expired is sent it all the same.';
    demand('after the TTL', wanted, stale, { ...context, help });
  }
}

/** What the origin says after the change, on both routes; never before. */
const news = { count: 0, next: null, previous: null, results: [], news: 'after the change' };

/** How long the entry of an earlier attempt may be in the way: its TTL, and what a late end is given. */
const leftOverMs = 3_000;

/** An entry, once asked for: it may have been made by that request, or be made by the next. */
async function watched(probe: Probe, words: FailureContext, path: string, route: OriginRoute) {
  const { clock, origin, poll, server } = probe;
  const ask = () => askWell(server, { path }, words);
  const calls = () => origin.count({ route });
  let madeAtMs: number | undefined;
  const isNewHere = async () => {
    const before = await calls();
    madeAtMs = (await ask()).sentAtMs;
    return (await calls()) > before;
  };
  await poll(isNewHere, clock.nowMs() + leftOverMs);
  return {
    ask: async () => {
      const answer = await ask();
      // The filling was sent as early as the entry can have been made.
      const sentAtMs = madeAtMs ?? answer.sentAtMs;
      madeAtMs = undefined;
      return { ...answer, sentAtMs };
    },
    calls,
    change: () => origin.fail({ route, status: 200, body: JSON.stringify(news) }),
    isNew: ({ json }: Pick<Answer, 'json'>) => sameJson(json, news),
  };
}
