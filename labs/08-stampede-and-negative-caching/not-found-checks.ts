import type { Answer, Check, FailureContext, Probe } from 'course-labs/kit';
import { apiPath, demand, demandJson, watchExpiry } from 'course-labs/kit';
import { ask, at, callsFor, check, freshName, notFound, truthAbout } from './requirement.ts';
import { callsAbout, madeUpName, statsPath, times, together } from './scenes.ts';

export const notFoundChecks: readonly Check[] = [
  check({
    id: 'not-found-is-kept',
    title: 'a subject that does not exist costs one call, and stays a 404',
    points: 6,
    asked: 'a subject that does not exist, three times, and another one by ten clients at once',
    rationale: 'Who asks for what is not there never hits: each such request reaches the origin.',
    help: 'The 404 is not kept, or not found again: mind how a miss is told from a kept nothing.',
    judge: async (probe, words) => {
      const name = madeUpName(probe);
      for (const which of ['first', 'second', 'third']) {
        const { status } = await probe.server.get(statsPath(name));
        demand(`${which} status`, 404, status, at(words, name));
      }
      demand('calls to the origin', 1, await callsFor(probe, name), at(words, name));
      const other = madeUpName(probe);
      const requests = times(10, other);
      const answers = await together(probe, { held: callsAbout(other), requests });
      for (const { status } of answers) demand('status', 404, status, at(words, other));
      const calls = await callsFor(probe, other);
      demand('calls to the origin for ten at once', 1, calls, at(words, other));
    },
  }),
  check({
    id: 'negative-ttl-is-its-own',
    title: 'a 404 is kept for CACHE_NEGATIVE_TTL_S, statistics for CACHE_TTL_S',
    points: 5,
    needs: notFound,
    group: 'negative',
    settings: { cacheNegativeTtlSeconds: 1 },
    asked:
      'a subject, and one that is not there and then is, with CACHE_TTL_S=60, CACHE_NEGATIVE_TTL_S=1',
    rationale: 'What is missing now may be there soon: a 404 that lives long hides it from all.',
    help: 'One TTL is used for both. What was answered decides which one it is.',
    judge: async (probe, words) => {
      const known = freshName(probe);
      await ask(probe, known);
      await demandNegativeTtl(probe, words);
      await ask(probe, known);
      const calls = await callsFor(probe, known);
      demand('calls for the known subject, asked for twice', 1, calls, at(words, known));
    },
  }),
  check({
    id: 'creating-ends-not-found',
    title: 'creating a subject ends its 404, and nothing else',
    points: 5,
    needs: notFound,
    asked: 'a subject that is not there; then POST by staff creates it; then the same again',
    rationale:
      'Who has just created something looks at it next. And a cache that is emptied at each write leaves the origin bare.',
    help: 'A 201 tells which key to forget: the one of the name that was posted.',
    judge: async (probe, words) => {
      const [known, name] = [freshName(probe), `Éducation ${probe.random.text(6)}`];
      await ask(probe, known);
      const before = await probe.server.get(statsPath(name));
      demand('status before it is created', 404, before.status, at(words, name));
      const { status } = await probe.server.request({
        method: 'POST',
        path: apiPath('subjects'),
        body: { name },
        token: probe.school.staff[0]?.tokens[0] ?? '',
      });
      demand('status of the POST', 201, status, at(words, name));
      const after = await probe.server.get(statsPath(name));
      demand('status once it is created', 200, after.status, at(words, name));
      demandJson('body', await truthAbout(probe, name), after.json, at(words, name));
      await ask(probe, known);
      const calls = await callsFor(probe, known);
      demand('calls for another subject, asked for before and after', 1, calls, at(words, known));
    },
  }),
];

/** Watches a 404 to its end, on a server with CACHE_NEGATIVE_TTL_S=1: it is kept until then, and no longer. */
export async function demandNegativeTtl(probe: Probe, words: FailureContext): Promise<void> {
  const entry = async () => {
    const name = madeUpName(probe);
    const body = JSON.stringify({ subject: name, count: 0 });
    return {
      ask: () => probe.server.get(statsPath(name)),
      calls: () => callsFor(probe, name),
      change: () => probe.origin.fail({ ...callsAbout(name), status: 200, body }),
      isNew: ({ status }: Answer) => status === 200,
    };
  };
  const expiry = await watchExpiry(probe, { ttlSeconds: 1, usedAt: [0.7], entry });
  const context = { ...words, request: expiry.answer.request };
  const within = expiry.kind === 'early' ? 1 : 0;
  const early = 'Ended before its TTL, a 404 is looked up more often than it need be.';
  const why = { ...context, rationale: early };
  demand('calls to the origin within CACHE_NEGATIVE_TTL_S', 0, within, why);
  const ends = { expired: '200', early: '200', stale: '404, once more' };
  const end = expiry.kind === 'never' ? '404, for 2 s more' : ends[expiry.kind];
  demand('after CACHE_NEGATIVE_TTL_S', '200', end, context);
}
