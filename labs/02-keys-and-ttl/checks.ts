import type { Answer, Probe } from 'course-labs/kit';
import { defineChecks, demand, sameJson, watchExpiry } from 'course-labs/kit';
import {
  type Asked,
  askRightly,
  demandShared,
  freshPlainSubject,
  list,
  subject,
  told,
  type Words,
} from './asking.ts';
import { partingChecks } from './parting-checks.ts';
import { check, first, freshSearch, oneOfEach, shortTtl } from './requirement.ts';
import { sharingChecks } from './sharing-checks.ts';

/** Watches an entry on a server with a TTL of 1 s; the origin's answer changes once it is filled. */
async function demandExpiry(probe: Probe, next: () => Asked, words: Words): Promise<void> {
  const entry = async () => {
    await probe.origin.clearRules();
    const asked = next();
    const { request } = asked;
    const { json } = await probe.origin.ask(asked.truth);
    const news = { ...(json as object), count: 4711 };
    return {
      ask: async () => {
        const answer = await probe.server.get(request.path);
        demand('status', 200, answer.status, { ...words, asked: told(request), request });
        return answer;
      },
      calls: () => probe.origin.count(),
      change: () => probe.origin.fail({ status: 200, body: JSON.stringify(news) }),
      isNew: ({ json: body }: Pick<Answer, 'json'>) => sameJson(body, news),
    };
  };
  const expiry = await watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
  const { request } = expiry.answer;
  const context = { ...words, asked: `${told(request)}, with CACHE_TTL_S=1`, request };
  const within = expiry.kind === 'early' ? 1 : 0;
  demand('calls to the origin within the TTL', 0, within, context);
  const fresh = 'what the origin says now';
  const after = expiry.kind === 'expired' ? fresh : 'what it said before';
  demand('answer after the TTL', fresh, after, context);
  const refill = expiry.kind === 'expired' && !expiry.refilled ? 1 : 0;
  demand('calls to the origin for the next request', 0, refill, context);
}

export default defineChecks({
  C1: [
    check({
      id: first,
      title: 'the same request again makes no call to the origin, on both routes',
      points: 2,
      rationale: 'Each repeat costs the database as much as the first request.',
      help: 'The key differs from request to request, or one of the routes keeps nothing.',
      judge: async (probe, words) => {
        for (const same of oneOfEach(probe, [{}, {}])) await demandShared(probe, same, words);
      },
    }),
    ...sharingChecks,
    ...partingChecks,
    check({
      id: 'lists-expire',
      title: 'a list is used for its TTL and no longer',
      points: 1,
      ...shortTtl,
      rationale: 'The TTL is a promise of how old an answer can be. A new key must not break it.',
      help: 'The entry is kept without its TTL, or something prolongs it.',
      judge: (probe, words) =>
        demandExpiry(probe, () => list({ search: freshSearch(probe) }), words),
    }),
    check({
      id: 'subjects-expire',
      title: 'a subject is used for its TTL and no longer',
      points: 1,
      ...shortTtl,
      rationale: 'The TTL is a promise of how old an answer can be. A new key must not break it.',
      help: 'The entry is kept without its TTL, or something prolongs it.',
      judge: (probe, words) =>
        demandExpiry(probe, () => subject(freshPlainSubject(probe).name), words),
    }),
    check({
      id: 'failure-is-over',
      title: 'a failure of the origin is a 5xx, and over when the origin is well',
      points: 2,
      rationale:
        'The origin was away for a moment. A failure that is kept lasts a whole TTL, and one that nobody catches takes the server with it.',
      help: 'Look at what is kept, and who catches it, when the call to the origin throws.',
      judge: async (probe, words) => {
        for (const each of oneOfEach(probe, [{}]).flat()) {
          await probe.origin.fail({ status: 503 });
          const { status } = await probe.server.request(each.request);
          const context = { ...words, request: each.request };
          const asked = `${told(each.request)}, while the origin failed`;
          const seen = status >= 500 && status <= 599 ? '5xx' : status;
          demand('status', '5xx', seen, { ...context, asked });
          await probe.origin.clearRules();
          await askRightly(probe, each, `${asked}, and when it was well again`, words);
        }
      },
    }),
    check({
      id: 'none-keeps-nothing',
      title: 'with CACHE_BACKEND=none each request reaches the origin',
      points: 1,
      group: 'none',
      settings: { cacheBackend: 'none' },
      rationale: 'Whoever looks for wrong data tries it without cache. Here part of it stays on.',
      help: 'Something is kept although the backend is none.',
      judge: async (probe, words) => {
        for (const same of oneOfEach(probe, [{}, {}])) {
          for (const each of same) {
            const before = await probe.origin.count();
            await askRightly(probe, each);
            const context = { ...words, asked: told(each.request), request: each.request };
            demand('calls to the origin', 1, (await probe.origin.count()) - before, context);
          }
        }
      },
    }),
  ],
});
