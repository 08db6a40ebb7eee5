import type { Check } from 'course-labs/kit';
import { demand, demandJson, sameJson } from 'course-labs/kit';
import { demandWholeTtl, expireWhileHeld } from './expired.ts';
import {
  ask,
  at,
  callsFor,
  change,
  check,
  freshName,
  singleFlight,
  truthAbout,
} from './requirement.ts';
import { callsAbout, crowd, madeUpName, statsPath, times, together } from './scenes.ts';

export const flightChecks: readonly Check[] = [
  check({
    id: 'fifty-make-one-call',
    title: 'fifty requests at once make one call to the origin, and all get its answer',
    points: 10,
    asked: `one subject, by ${crowd} clients at the same time`,
    rationale:
      'The entry that everybody wants expires for everybody at once. The origin then gets the whole crowd, at the worst moment.',
    help: 'Who misses does not see that the same call is already under way.',
    judge: async (probe, words) => {
      const name = freshName(probe);
      const context = at(words, name);
      const truth = await truthAbout(probe, name);
      // Who shares one call gets a second to do so; from others all fifty are there much earlier.
      const all = async () => (await callsFor(probe, name)) >= crowd;
      const until = () => probe.poll(all, probe.clock.nowMs() + 1_000);
      const requests = times(crowd, name);
      const answers = await together(probe, { held: callsAbout(name), requests, until });
      demand('calls to the origin', 1, await callsFor(probe, name), context);
      for (const { status, json } of answers) {
        demand('status', 200, status, context);
        demandJson('body', truth, json, context);
      }
      await ask(probe, name);
      const help = 'What the one call brought was handed out, and not kept.';
      const calls = await callsFor(probe, name);
      demand('calls to the origin, with one more request', 1, calls, { ...context, help });
    },
  }),
  check({
    id: 'keys-do-not-mix',
    title: 'three subjects, asked for twice each, make three calls and get their own answers',
    points: 5,
    needs: singleFlight,
    asked: 'three subjects, by two clients each at the same time',
    rationale: 'Who gets the answer to another question cannot even tell that it is wrong.',
    help: 'What is under way must be told apart as entries are: by the key.',
    judge: async (probe, words) => {
      const names = [freshName(probe), freshName(probe), freshName(probe)];
      const requests = [...names, ...names].map((name) => ({ path: statsPath(name) }));
      const held = { route: 'subject-stats' } as const;
      const three = async () => (await probe.origin.count(held)) >= 3;
      const until = () => probe.poll(three, probe.clock.nowMs() + 1_000);
      const answers = await together(probe, { held, requests, until });
      for (const [index, { json }] of answers.entries()) {
        const name = names[index % 3] as string;
        demandJson(`body for ${name}`, await truthAbout(probe, name), json, at(words, name));
      }
      for (const name of names) {
        demand(`calls for ${name}`, 1, await callsFor(probe, name), at(words, name));
      }
    },
  }),
  check({
    id: 'slow-key-holds-up-nobody',
    title: 'while one subject is slow, others are answered',
    points: 5,
    needs: singleFlight,
    asked: 'a subject that the origin did not answer, then one that is kept and a third one',
    rationale: 'One slow query, and the whole route stands still: an outage made of one key.',
    help: 'Who waits, waits for one lock or one queue that all keys share.',
    judge: async (probe, words) => {
      const [kept, slow, third] = [freshName(probe), freshName(probe), freshName(probe)];
      await ask(probe, kept);
      const held = await probe.origin.hold(callsAbout(slow));
      const order: string[] = [];
      const get = (name: string) => probe.server.get(statsPath(name)).then(() => order.push(name));
      const slowOne = get(slow);
      await Promise.race([held.arrived(), slowOne]);
      const all = Promise.all([slowOne, get(kept), get(third)]);
      // Requests have ten seconds: after nine, who waits in vain can still be let go and be told.
      const two = () => order.length >= 2;
      await Promise.race([probe.poll(two, probe.clock.nowMs() + 9_000), all]);
      await held.release();
      await all;
      for (const [which, name] of Object.entries({ kept, third })) {
        const first =
          order.indexOf(name) < order.indexOf(slow) ? 'before the slow one' : 'after it';
        demand(`the ${which} one is answered`, 'before the slow one', first, at(words, name));
      }
    },
  }),
  check({
    id: 'expiry-makes-one-call',
    title: 'an expiry makes one call, and who waits for it gets the new answer',
    points: 5,
    needs: singleFlight,
    group: 'expiry',
    settings: { cacheTtlSeconds: 1 },
    asked: `one subject, whose statistics then changed; after CACHE_TTL_S=1 by ${crowd} clients`,
    rationale: 'The first request of all comes once; an expiry comes again and again, for ever.',
    help: 'An entry that has expired and one that was never there take different ways.',
    judge: async (probe, words) => {
      await demandWholeTtl(probe, words);
      const name = freshName(probe);
      const context = at(words, name);
      const fill = await ask(probe, name);
      const news = await change(probe, name);
      const { answers, overlapping } = await expireWhileHeld(probe, name, fill, context);
      demand('calls to the origin at the same time', 1, overlapping, context);
      for (const { json } of answers) {
        const got = sameJson(json, news) ? 'the new answer' : 'another one';
        const help = 'An expired entry is handed out although the origin has not failed.';
        demand('after the TTL each gets', 'the new answer', got, { ...context, help });
      }
    },
  }),
  check({
    id: 'awkward-names-are-safe',
    title: 'a subject called constructor is a subject like any other',
    points: 2,
    needs: singleFlight,
    asked: 'subjects with names that every JavaScript object knows, twice each',
    rationale: 'Names come from outside. One that breaks the cache breaks it for whoever asks.',
    help: 'A plain object as a map has keys that nobody put there. So have some caches inside.',
    judge: async (probe, words) => {
      const names = probe.school.awkwardSubjects.map(({ name }) => name);
      for (const name of names.filter((each) => each in {})) {
        const truth = await truthAbout(probe, name);
        for (const which of ['first', 'second']) {
          const { status, json } = await probe.server.get(statsPath(name));
          demand(`${which} status for ${name}`, 200, status, at(words, name));
          demandJson(`${which} body for ${name}`, truth, json, at(words, name));
        }
        demand(`calls for ${name}`, 1, await callsFor(probe, name), at(words, name));
      }
    },
  }),
  check({
    id: 'none-shares-nothing',
    title: 'with CACHE_BACKEND=none each request reaches the origin',
    points: 2,
    needs: singleFlight,
    group: 'none',
    settings: { cacheBackend: 'none' },
    asked: 'one subject by five clients at once, and one that is not there twice, without a cache',
    rationale: 'Whoever looks for wrong data tries it without cache. Here part of it stays on.',
    help: 'Requests share a call, or a 404 is kept, although the backend is none.',
    judge: async (probe, words) => {
      const name = freshName(probe);
      const five = async () => (await callsFor(probe, name)) >= 5;
      const until = () => probe.poll(five, probe.clock.nowMs() + 1_000);
      await together(probe, { held: callsAbout(name), requests: times(5, name), until });
      demand('calls for five at once', 5, await callsFor(probe, name), at(words, name));
      const other = madeUpName(probe);
      for (let count = 0; count < 2; count += 1) await probe.server.get(statsPath(other));
      demand('calls for two 404s', 2, await callsFor(probe, other), at(words, other));
    },
  }),
];
