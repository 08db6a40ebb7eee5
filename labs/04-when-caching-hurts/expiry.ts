import type { Answer, FailureContext, OriginRoute, Probe } from 'course-labs/kit';
import { demand, sameJson, watchExpiry } from 'course-labs/kit';
import { askWell, listPath, searchPath } from './requests.ts';

/** Watches a search and the announcements end, side by side, on a server with a TTL of 1 s. */
export async function judgeExpiry(probe: Probe, words: FailureContext): Promise<void> {
  const search = async () => {
    const path = searchPath(probe.random.text(12));
    // An answer may keep a search when it comes for the second time.
    for (const _ of [1, 2]) await askWell(probe.server, { path }, words);
    return watched(probe, words, path, 'subjects');
  };
  const list = async () => watched(probe, words, listPath, 'announcements');
  const watch = (entry: typeof list) => watchExpiry(probe, { ttlSeconds: 1, entry });
  for (const { kind, answer } of await Promise.all([watch(search), watch(list)])) {
    const context = { ...words, request: answer.request };
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

function watched(probe: Probe, words: FailureContext, path: string, route: OriginRoute) {
  return {
    ask: () => askWell(probe.server, { path }, words),
    calls: () => probe.origin.count({ route }),
    change: () => probe.origin.fail({ route, status: 200, body: JSON.stringify(news) }),
    isNew: ({ json }: Pick<Answer, 'json'>) => sameJson(json, news),
  };
}
