import type { Answer, Check, Expiry, FailureContext, Probe, Subject } from 'course-labs/kit';
import {
  apiPath,
  defineChecks,
  demand,
  demandJson,
  isJsonType,
  originTruth,
  sameJson,
  watchExpiry,
} from 'course-labs/kit';

/** A check that is about one fresh subject, with the words of its failures. */
interface Requirement extends Pick<Check, 'id' | 'title' | 'points' | 'group' | 'settings'> {
  asked(name: string): string;
  rationale: string;
  help: string;
  judge(probe: Probe, subject: Subject, context: FailureContext): Promise<void>;
}

/** Of a server that does not cache nothing else can be judged. */
const first = 'repeat-makes-no-origin-call';
const shortTtl = { group: 'expiry', settings: { cacheTtlSeconds: 1 } } as const;

function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  return {
    group: 'hits',
    ...rest,
    ...(rest.id === first ? {} : { needs: [first] }),
    run: async (probe) => {
      const subject = freshSubject(probe);
      const words = { asked: asked(subject.name), rationale, help };
      await judge(probe, subject, { ...words, request: { path: pathOf(subject) } });
    },
  };
}

const pathOf = ({ name }: Subject) => apiPath('subjects', name, 'stats');
const truthAbout = (probe: Probe, { name }: Subject) =>
  originTruth<{ count: number }>(probe.origin, 'subjects', name, 'stats');
const filterOf = ({ name }: Subject) => ({ route: 'subject-stats', key: name }) as const;
const callsFor = (probe: Probe, subject: Subject) => probe.origin.count(filterOf(subject));

/** Not one of the names that every JavaScript object knows: those are a matter of lab 2. */
function freshSubject(probe: Probe): Subject {
  const [subject] = probe.freshSubjects(1) as [Subject];
  return subject.name in {} ? freshSubject(probe) : subject;
}

/** Asks once, which must be answered 200, and counts what that costs the origin. */
async function ask(probe: Probe, subject: Subject): Promise<{ answer: Answer; calls: number }> {
  const before = await callsFor(probe, subject);
  const answer = await probe.server.get(pathOf(subject));
  const rationale = 'The origin was well: a cache must not turn its good answer into a failure.';
  const context = { asked: subject.name, rationale, request: answer.request };
  demand('status', 200, answer.status, context);
  return { answer, calls: (await callsFor(probe, subject)) - before };
}

/** Watches an entry of a server with a TTL of 1 s; its statistics change once it is filled. */
function watch(probe: Probe, usedAt: readonly number[]): Promise<Expiry> {
  const entry = async () => {
    const subject = freshSubject(probe);
    const truth = await truthAbout(probe, subject);
    const news = { ...truth, count: truth.count + 1 };
    const rule = { ...filterOf(subject), status: 200, body: JSON.stringify(news) };
    return {
      ask: async () => (await ask(probe, subject)).answer,
      calls: () => callsFor(probe, subject),
      change: () => probe.origin.fail(rule),
      isNew: (answer: Answer) => sameJson(answer.json, news),
    };
  };
  return watchExpiry(probe, { ttlSeconds: 1, usedAt, entry });
}

export default defineChecks({
  C1: [
    check({
      id: first,
      title: 'a second request makes no call to the origin and gets an equal body',
      points: 12,
      asked: (name) => `${name}, and then the same again`,
      rationale:
        'Each repeat costs the database as much as the first request, whoever asks. Headers for browsers do not change that: the next client comes with an empty cache.',
      help: 'The handler asks the origin without looking first for what it has kept.',
      judge: async (probe, subject, context) => {
        const one = (await ask(probe, subject)).answer;
        const two = await ask(probe, subject);
        demand('calls to the origin for the second request', 0, two.calls, context);
        const rationale = 'By its body nobody must be able to tell whether the cache answered.';
        const help = 'What is kept is not what was sent.';
        demandJson('second body', one.json, two.answer.json, { ...context, rationale, help });
      },
    }),
    check({
      id: 'subjects-do-not-mix',
      title: 'two subjects have an entry each',
      points: 6,
      asked: (name) => `${name} and another subject, one after the other, twice`,
      rationale: 'Mixed up, private data reach strangers; taking turns, nothing stays cached.',
      help: 'Both subjects share a key. What changes the answer must change the key.',
      judge: async (probe, subject, context) => {
        const pair = [subject, freshSubject(probe)];
        for (const [index, each] of [...pair, ...pair].entries()) {
          const { answer, calls } = await ask(probe, each);
          const where = { ...context, request: answer.request };
          demandJson(`body for ${each.name}`, await truthAbout(probe, each), answer.json, where);
          if (index > 1) demand(`calls to the origin for ${each.name} again`, 0, calls, where);
        }
      },
    }),
    check({
      id: 'expires-after-ttl',
      title: 'after CACHE_TTL_S the next answer is new, and is kept in its turn',
      points: 8,
      ...shortTtl,
      asked: () => 'one subject, whose statistics then changed, and again after CACHE_TTL_S=1',
      rationale: 'The TTL is a promise of how old an answer can be: nobody is to get an older one.',
      help: 'The entry outlives its TTL. Mind its unit, and what a cache makes of 0 or none.',
      judge: async (probe, _, words) => {
        const expiry = await watch(probe, []);
        const context = { ...words, request: expiry.answer.request };
        const wanted = 'the new statistics';
        const never = expiry.kind === 'never' ? 'the old ones, for 2 s more' : wanted;
        demand('after the TTL', wanted, never, context);
        const stale = expiry.kind === 'stale' ? 'the old ones, once more' : wanted;
        const help = 'The client who finds that the entry has expired is sent it all the same.';
        const kept = 'The new answer does not take the place of the entry that has expired.';
        demand('after the TTL', wanted, stale, { ...context, help });
        const again = expiry.kind === 'expired' && !expiry.refilled ? 1 : 0;
        const rationale = 'From the first expiry on, the cache is switched off and nobody is told.';
        demand('calls for the request after that', 0, again, { ...context, rationale, help: kept });
      },
    }),
    check({
      id: 'use-leaves-ttl-alone',
      title: 'an entry is used for all of its TTL, and use does not prolong it',
      points: 5,
      ...shortTtl,
      asked: () => 'one subject, three times more within CACHE_TTL_S=1, and again after it',
      rationale: 'An entry gone early loads the origin; one kept alive by use is never renewed.',
      help: 'An entry lives from its fill to its TTL, however often it is found.',
      judge: async (probe, _, words) => {
        const expiry = await watch(probe, [0.3, 0.55, 0.8]);
        const context = { ...words, request: expiry.answer.request };
        const early = expiry.kind === 'early' ? `1, after ${expiry.share} s` : '0';
        demand('calls to the origin within the TTL', '0', early, context);
        const alive = expiry.kind === 'never' ? '0, as long as it was used' : '1';
        demand('calls to the origin after the TTL', '1', alive, context);
      },
    }),
    check({
      id: 'none-keeps-nothing',
      title: 'with CACHE_BACKEND=none each request reaches the origin',
      points: 5,
      group: 'none',
      settings: { cacheBackend: 'none' },
      asked: (name) => `${name} with CACHE_BACKEND=none: twice, then five times at once`,
      rationale: 'Whoever looks for wrong data tries it without cache. Here part of it stays on.',
      help: 'Part of the code lets requests share an answer although the backend is none.',
      judge: async (probe, subject, context) => {
        const calls = (await ask(probe, subject)).calls + (await ask(probe, subject)).calls;
        demand('calls to the origin for 2 requests', 2, calls, context);
        const held = await probe.origin.hold(filterOf(subject));
        // Who shares calls gets the time to do so; from others all five are there at once.
        const all = async () => (await callsFor(probe, subject)) >= calls + 5;
        const letGo = probe.poll(all, probe.clock.nowMs() + 1_000).then(() => held.release());
        await Promise.all([...Array.from({ length: 5 }, () => ask(probe, subject)), letGo]);
        const atOnce = (await callsFor(probe, subject)) - calls;
        demand('calls to the origin for 5 requests at once', 5, atOnce, context);
      },
    }),
    check({
      id: 'failure-is-told',
      title: 'a 503 of the origin is answered with a 5xx',
      points: 5,
      asked: (name) => `${name}, while the origin answered 503`,
      rationale: 'Clients, load balancers and alarms go by the status. This failure stays unseen.',
      help: 'The error that askOrigin throws is caught, and something else is sent.',
      judge: async (probe, subject, context) => {
        await probe.origin.fail({ ...filterOf(subject), status: 503 });
        const { status } = await probe.server.get(pathOf(subject));
        const told = status >= 500 && status <= 599 ? '5xx' : status;
        // Who had it in store need not ask, and does not fail.
        if ((await callsFor(probe, subject)) > 0) demand('status', '5xx', told, context);
      },
    }),
    check({
      id: 'failure-is-not-kept',
      title: 'a failure is not kept: the next request recovers',
      points: 6,
      asked: (name) => `${name} while the origin failed once, and again when it was well`,
      rationale: 'The origin was away for a moment. Kept, its failure lasts a whole TTL, for all.',
      help: 'Something of the failed request was kept. A promise that failed counts, too.',
      judge: async (probe, subject, context) => {
        await probe.origin.fail({ ...filterOf(subject), status: 503, times: 1 });
        await probe.server.get(pathOf(subject));
        await probe.origin.clearRules();
        const { status, json } = await probe.server.get(pathOf(subject));
        demand('status of the second answer', 200, status, context);
        demandJson('second body', await truthAbout(probe, subject), json, context);
      },
    }),
    check({
      id: 'hit-is-json',
      title: 'a hit has status 200 and a JSON content type',
      points: 4,
      asked: (name) => `${name}, and then the same again`,
      rationale: 'Clients read a body by its content type: this one works once, and then no more.',
      help: 'The framework writes JSON for objects; what was kept is sent as something else.',
      judge: async (probe, subject, context) => {
        await ask(probe, subject);
        const { answer } = await ask(probe, subject);
        const type = isJsonType(answer) ? 'JSON' : String(answer.headers['content-type'] ?? 'none');
        demand('content type of the second answer', 'JSON', type, context);
      },
    }),
    check({
      id: 'body-is-whole',
      title: 'each answer holds all that the origin says',
      points: 5,
      asked: (name) => `${name}, three times`,
      rationale: 'Whoever relied on what is missing or changed breaks, for as long as it is kept.',
      help: 'Not all of it is kept, or the kept object is changed after it was stored.',
      judge: async (probe, subject, context) => {
        const truth = await truthAbout(probe, subject);
        for (const which of ['first', 'second', 'third']) {
          const { answer } = await ask(probe, subject);
          demandJson(`${which} body`, truth, answer.json, context);
        }
      },
    }),
    check({
      id: 'not-found-stays-404',
      title: 'a subject that does not exist is a 404, each time',
      points: 4,
      asked: () => 'a subject that does not exist, twice',
      rationale: 'A 404 tells that the name is wrong. A 200 looks like data, a 5xx like an outage.',
      help: 'The status that the origin gave is lost or changed on its way to the client.',
      judge: async (probe, _, context) => {
        const path = pathOf({ name: `no-such-subject-${probe.random.text(8)}` });
        for (const which of ['first', 'second']) {
          const { status } = await probe.server.get(path);
          demand(`${which} status`, 404, status, { ...context, request: { path } });
        }
      },
    }),
  ],
});
