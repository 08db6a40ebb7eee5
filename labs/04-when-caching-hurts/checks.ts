import { defineChecks, demand, demandJson, isJsonType, originTruth } from 'course-labs/kit';
import { crowdedChecks } from './crowded-checks.ts';
import { judgeExpiry } from './expiry.ts';
import { askWell, listPath, searchPath, seatsPath } from './requests.ts';
import { ask, callsFor, check, newSearch, repeats, search } from './requirement.ts';

export default defineChecks({
  C1: [
    check({
      id: repeats,
      title: 'a search that comes again is kept: from the third time on it makes no call',
      points: 6,
      asked: 'one search, five times',
      rationale:
        'This search is the cache at its best, and here it costs the origin its full price.',
      help: 'The second request at the latest must leave something that the third one finds.',
      judge: async (probe, context) => {
        const text = newSearch(probe);
        const request = { path: searchPath(text) };
        await search(probe, [text], context);
        await search(probe, [text], context);
        const before = await callsFor(probe, [text]);
        for (let again = 0; again < 3; again += 1) await search(probe, [text], context);
        const calls = (await callsFor(probe, [text])) - before;
        demand('calls to the origin for the last three', 0, calls, { ...context, request });
      },
    }),
    check({
      id: 'searches-do-not-mix',
      title: 'another search, page or language gets its own answer, each time',
      points: 3,
      asked: 'two searches, two pages and two languages, taking turns, three times',
      rationale: 'Mixed up, people get the answer to somebody else’s question.',
      help: 'What changes the answer must change the key. searchPath knows all of it.',
      judge: async (probe, context) => {
        const asked = [
          { query: '', language: 'en' },
          { query: 'page=2', language: 'en' },
          { query: 'search=a', language: 'en' },
          { query: 'search=e', language: 'en' },
          { query: '', language: 'de' },
        ];
        for (const { query, language } of [...asked, ...asked, ...asked]) {
          const headers = { 'accept-language': language };
          const request = { path: `/api/v1/subjects/?${query}`, headers };
          const { json } = await probe.origin.ask(`/subjects/?${query}&lang=${language}`);
          const answer = await askWell(probe.server, request, context);
          demandJson('body', json, answer.json, { ...context, request });
        }
      },
    }),
    check({
      id: 'seats-are-fresh',
      title: 'each request for seats gets what the origin says now',
      points: 8,
      asked: 'the seats of one subject: three times, and then twice at once',
      rationale:
        'Each answer is a promise: whoever is told of a seat books it. An answer that is a second old sells the same seat twice.',
      help: 'Something stands between the request for seats and the origin.',
      judge: async (probe, words) => {
        const [{ name } = { name: '' }] = probe.freshSubjects(1);
        const filter = { route: 'seats', key: name } as const;
        const context = { ...words, request: { path: seatsPath(name) } };
        for (const which of ['first', 'second', 'third']) {
          const truth = await originTruth(probe.origin, 'seats', name);
          const { json } = await ask(probe, seatsPath(name), context);
          demandJson(`${which} body`, truth, json, context);
        }
        const before = await probe.origin.count(filter);
        const held = await probe.origin.hold(filter);
        // Who shares calls gets the time to do so; from others both are there at once.
        const both = async () => (await probe.origin.count(filter)) >= before + 2;
        const letGo = probe.poll(both, probe.clock.nowMs() + 1_000).then(() => held.release());
        const twice = [1, 2].map(() => ask(probe, seatsPath(name), context));
        await Promise.all([...twice, letGo]);
        const calls = (await probe.origin.count(filter)) - before;
        const help = 'The second request was given what had been read before it came.';
        demand('calls to the origin for two at once', 2, calls, { ...context, help });
      },
    }),
    check({
      id: 'failure-is-told-and-over',
      title: 'a failed origin is a 5xx, and when it is well again, so is the next answer',
      points: 4,
      asked: 'seats and a new search while the origin answered 503, and again when it was well',
      rationale: 'A failure that looks like data is believed; one that is kept outlasts its cause.',
      help: 'What was known before, or something of the failed request, is used in place of news.',
      judge: async (probe, words) => {
        const [{ name } = { name: '' }] = probe.freshSubjects(1);
        const text = newSearch(probe);
        await ask(probe, seatsPath(name), words);
        for (const [path, route, truth] of [
          [seatsPath(name), 'seats', `/seats/${encodeURIComponent(name)}/`],
          [searchPath(text), 'subjects', `/subjects/?search=${text}`],
        ] as const) {
          const context = { ...words, request: { path } };
          await probe.origin.fail({ route, status: 503 });
          const { status } = await probe.server.get(path);
          const told = status >= 500 && status <= 599 ? '5xx' : status;
          demand('status while it failed', '5xx', told, context);
          await probe.origin.clearRules();
          const { json } = await probe.origin.ask(truth);
          demandJson('body after that', json, (await ask(probe, path, context)).json, context);
        }
      },
    }),
    check({
      id: 'list-costs-one-call',
      title: 'ten requests for the announcements make one call to the origin',
      points: 6,
      asked: 'the announcements, ten times, one after another',
      rationale: 'The same large answer for everybody is what pays most to keep.',
      help: 'The announcements are not kept, or what is kept is not found.',
      judge: async (probe, context) => {
        const request = { path: listPath };
        for (let again = 0; again < 10; again += 1) await ask(probe, listPath, context);
        const calls = await probe.origin.count({ route: 'announcements' });
        // An earlier check of this server may have had them kept.
        demand('calls to the origin', 1, Math.max(1, calls), { ...context, request });
      },
    }),
    check({
      id: 'list-is-whole-json',
      title: 'the announcements are whole, and JSON, whether they were kept or not',
      points: 3,
      asked: 'the announcements, three times',
      rationale: 'By its answer nobody must be able to tell whether the cache gave it.',
      help: 'A framework writes objects as JSON; a text that is JSON already is another matter.',
      judge: async (probe, words) => {
        const context = { ...words, request: { path: listPath } };
        const truth = await originTruth(probe.origin, 'announcements');
        for (const which of ['first', 'second', 'third']) {
          const answer = await ask(probe, listPath, context);
          const type = isJsonType(answer) ? 'JSON' : String(answer.headers['content-type']);
          demand(`${which} content type`, 'JSON', type, context);
          demandJson(`${which} body`, truth, answer.json, context);
        }
      },
    }),
    ...crowdedChecks,
    check({
      id: 'expires-after-ttl',
      group: 'expiry',
      settings: { cacheTtlSeconds: 1 },
      needs: [repeats],
      title: 'searches and announcements are new after CACHE_TTL_S',
      points: 3,
      asked: 'a search and the announcements, which then changed, and again after CACHE_TTL_S=1',
      rationale: 'A bound on how many does not bound how old: the TTL is a promise of its own.',
      help: 'An entry that is used all the time has to end as well.',
      judge: judgeExpiry,
    }),
    check({
      id: 'none-keeps-nothing',
      group: 'none',
      settings: { cacheBackend: 'none' },
      title: 'with CACHE_BACKEND=none each request reaches the origin',
      points: 2,
      asked: 'a search and the announcements with CACHE_BACKEND=none, three times each',
      rationale: 'Whoever looks for wrong data tries it without cache. Here part of it stays on.',
      help: 'One of the caches does not ask for the backend.',
      judge: async (probe, context) => {
        for (const path of [searchPath(newSearch(probe)), listPath]) {
          const before = await probe.origin.count();
          for (let again = 0; again < 3; again += 1) await ask(probe, path, context);
          const calls = (await probe.origin.count()) - before;
          demand('calls to the origin for 3 requests', 3, calls, { ...context, request: { path } });
        }
      },
    }),
  ],
});
