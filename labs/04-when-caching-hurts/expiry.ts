import type { Answer, FailureContext, OriginRoute, Probe } from 'course-labs/kit';
import { demand, sameJson, watchExpiry } from 'course-labs/kit';
import { askWell, listPath, searchPath } from './requests.ts';

/** Watches a search and the announcements end, side by side, on a server with a TTL of 1 s. */
export async function judgeExpiry(probe: Probe, words: FailureContext): Promise<void> {
  const search = async () => {
    const path = searchPath(probe.random.text(12));
    // An answer may keep a search when it comes for the second time.
    const entry = watched(probe, words, path, 'subjects');
    for (const _ of [1, 2]) await entry.ask();
    return entry;
  };
  const list = async () => watched(probe, words, listPath, 'announcements');
  const watch = async (make: typeof list) => {
    let last: ReturnType<typeof watched> | undefined;
    const entry = async () => {
      last = await make();
      return last;
    };
    const expiry = await watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
    return { ...expiry, filledAtMs: last?.filledAtMs() };
  };
  for (const { kind, answer, filledAtMs } of await Promise.all([watch(search), watch(list)])) {
    const context = { ...words, request: answer.request };
    const isYoung = filledAtMs !== undefined && answer.receivedAtMs < filledAtMs + youngMs;
    const within = kind === 'early' && isYoung ? 1 : 0;
    const rationale = 'An entry that ends before its TTL spares the origin less than it could.';
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

/** Younger than a TTL of 1 s, whatever a server's clock counts in. */
const youngMs = 980;

function watched(probe: Probe, words: FailureContext, path: string, route: OriginRoute) {
  const calls = () => probe.origin.count({ route });
  let filledAtMs: number | undefined;
  return {
    ask: async () => {
      const before = await calls();
      const answer = await askWell(probe.server, { path }, words);
      if ((await calls()) > before) filledAtMs ??= answer.sentAtMs;
      return answer;
    },
    calls,
    /** When it can have been made at the earliest; undefined where it was there before. */
    filledAtMs: () => filledAtMs,
    change: () => probe.origin.fail({ route, status: 200, body: JSON.stringify(news) }),
    isNew: ({ json }: Pick<Answer, 'json'>) => sameJson(json, news),
  };
}
