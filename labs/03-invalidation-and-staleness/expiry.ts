import type { Answer, FailureContext, Probe } from 'course-labs/kit';
import { demand, originTruth, sameJson, watchExpiry } from 'course-labs/kit';
import { freshName } from './check-tools.ts';
import { stats } from './views.ts';

/** Watches the statistics of a subject to their end, on a server with a TTL of 1 s. */
export async function judgeExpiry(probe: Probe, words: FailureContext): Promise<void> {
  const entry = () => watched(probe);
  const { kind, answer } = await watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
  const context = { ...words, request: answer.request };
  const rationale = 'An entry that ends before its TTL spares the origin less than it could.';
  const within = kind === 'early' ? 1 : 0;
  demand('calls to the origin within the TTL', 0, within, { ...context, rationale });
  const old = { never: 'the old ones, for 2 s more', stale: 'the old ones, once more' };
  const wanted = 'the new statistics';
  const actual = kind === 'never' || kind === 'stale' ? old[kind] : wanted;
  demand('after the TTL', wanted, actual, context);
}

/** The statistics of a subject, which change at the origin without a write that the server hears of. */
async function watched(probe: Probe) {
  const view = stats(freshName(probe));
  const name = view.calls.key ?? '';
  const truth = await originTruth<{ count: number }>(probe.origin, 'subjects', name, 'stats');
  const news = { ...truth, count: truth.count + 1 };
  return {
    ask: async () => {
      const answer = await probe.server.request(view.request);
      const rationale =
        'The origin was well: a cache must not turn its good answer into a failure.';
      const { request, label } = view;
      demand('status', 200, answer.status, { asked: label, rationale, request });
      return answer;
    },
    calls: () => probe.origin.count(view.calls),
    change: () => probe.origin.fail({ ...view.calls, status: 200, body: JSON.stringify(news) }),
    isNew: (answer: Answer) => sameJson(answer.json, news),
  };
}
