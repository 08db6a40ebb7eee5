import type { ExperimentResult, Option, PredictStep, Probe, RunRecord } from 'course-labs/kit';
import {
  apiPath,
  askCounted,
  benchFigures,
  benchValues,
  countedTable,
  defineLab,
  experimentData,
  loggedFields,
  plainSubjects,
  variantFigures,
} from 'course-labs/kit';

const origin = { roundTripMs: 25 };
const watched = { cacheTtlSeconds: 2, logLevel: 'debug' } as const;
const load = { rounds: 5, durationSeconds: 2, demonstration: { rounds: 3, durationSeconds: 1 } };
const statsPath = (name = '') => apiPath('subjects', name, 'stats');
const grouped = (count: number) => count.toLocaleString('en');
const values = (run: RunRecord) => benchValues(run, 'bench');
const handMs = (run: RunRecord) => experimentData<ByHand>(run, 'by-hand').ms;
const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));
const firstRequest = options({ fast: 'fast', slow: 'about as slow as without a cache' });

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

function question(id: string, title: string, points: number, objectives: ('T1' | 'E1')[]) {
  return { kind: 'question', id, title, points, objectives } as const;
}

/** What the experiment by hand leaves for texts and questions. */
interface ByHand {
  ms: Record<'off' | 'first' | 'second', number>;
  /** Fields that stood in the server's log, as JSON. */
  logged: Record<'backend' | 'miss' | 'fill' | 'hit', string>;
  key: string;
  ttlSeconds: number;
}

/** One request without a cache, then three with it: the first, at once again, and after the TTL. */
async function byHand(probe: Probe): Promise<ExperimentResult> {
  const { server } = probe;
  const ttlSeconds = watched.cacheTtlSeconds;
  const withoutCache = await probe.launch({ cacheBackend: 'none' });
  const subjects = plainSubjects(probe.school).slice(0, 10);
  // The first requests of any process are slow, with or without a cache: they would blur the comparison.
  for (const { name } of subjects.splice(0, 5)) {
    for (const each of [withoutCache, server]) await each.get(statsPath(name));
  }
  for (const { name } of subjects) {
    const path = statsPath(name);
    const ask = (of = server) =>
      askCounted(probe.origin, of, { path }, { route: 'subject-stats', key: name });
    const [off, first, second] = [await ask(withoutCache), await ask(), await ask()];
    await probe.waitUntil(first.answer.receivedAtMs + ttlSeconds * 1000 + 20);
    const third = await ask();
    // Where a busy machine was too slow for the TTL, another subject tells the story better.
    if (first.calls !== 1 || second.calls !== 0 || third.calls !== 1) continue;
    const key = `subject-stats:${name}`;
    const logged = {
      backend: await loggedFields(probe, server, { answersAreIn: 'memory' }),
      miss: await loggedFields(probe, server, { lookedFor: key, found: false }),
      fill: await loggedFields(probe, server, { keptAs: key, forSeconds: ttlSeconds }),
      hit: await loggedFields(probe, server, { lookedFor: key, found: true }),
    };
    const ms = { off: off.latencyMs, first: first.latencyMs, second: second.latencyMs };
    const data: ByHand = { ms, logged, key, ttlSeconds };
    const rows = { 'cache off': off, 'cache on, first': first, 'at once again': second };
    const all = { ...rows, [`after ${ttlSeconds} s`]: third };
    const notes = [
      `Logged at the start: ${logged.backend}`,
      `With the first request: ${logged.miss}, then ${logged.fill}`,
      `With the next one: ${logged.hit}`,
    ];
    return { data: { ...data }, exhibit: countedTable(`GET ${path}`, all, notes) };
  }
  throw new Error(`asking twice took longer than ${ttlSeconds} s, ${subjects.length} times`);
}

export default defineLab({
  title: 'Measure a miss: cache-aside',
  objectives: ['T1', 'E1'],
  minutes: 35,
  incidents: [],
  routes: ['GET /api/v1/subjects/:name/stats/'],
  scenario: {
    title: (school) => `GET ${statsPath(plainSubjects(school)[0]?.name)}`,
    requests: (school) => [{ path: statsPath(plainSubjects(school)[0]?.name) }],
    connections: 20,
    origin,
    stableBody: true,
    variants: [
      { name: 'off', label: 'cache off', settings: { cacheBackend: 'none', logLevel: 'warn' } },
      { name: 'on', label: 'cache on', settings: { cacheTtlSeconds: 1, logLevel: 'warn' } },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'bridge', phase: 'PREDICT' },
    predict('throughput', { kind: 'number', unit: 'req/s' }, (run) =>
      Math.round(variantFigures(run, 'bench', 'off').throughput),
    ),
    predict('speed-up', { kind: 'number', unit: 'times' }, (run) =>
      Number((benchFigures(run, 'bench').speedups[0]?.ratio ?? 1).toFixed(1)),
    ),
    predict('first', { kind: 'choice', options: firstRequest }, (run) =>
      handMs(run).first < origin.roundTripMs ? 'fast' : 'slow',
    ),
    { kind: 'experiment', id: 'by-hand', phase: 'RUN', settings: watched, origin, run: byHand },
    { kind: 'observe', id: 'the-first', phase: 'OBSERVE', predictions: ['first'], values: handMs },
    { kind: 'read', id: 'words', phase: 'OBSERVE' },
    { kind: 'bench', id: 'bench', phase: 'RUN', server: 'demonstration', ...load },
    { kind: 'observe', id: 'closed-loop', phase: 'OBSERVE', predictions: ['throughput'], values },
    { kind: 'observe', id: 'where-it-went', phase: 'OBSERVE', predictions: ['speed-up'], values },
    { kind: 'observe', id: 'the-average', phase: 'OBSERVE', predictions: [], values },
    {
      kind: 'explain',
      id: 'the-slowest',
      phase: 'EXPLAIN',
      values,
      options: options({
        a: 'The entry had expired, and whoever asked before it was filled again waited for the origin.',
        b: 'The machine paused for a moment, as machines do.',
        c: 'The more requests there are, the longer a look into the cache takes.',
      }),
      right: 'a',
      because: {
        a: 'After an expiry there is no entry until a call to the origin has come back. Every client that asks in that gap misses, and makes a call of its own: an expiry costs a burst of calls. Lab 8 turns the burst into one call.',
        b: 'Machines do pause, and that can make a slow answer, too. But look at the calls to the origin: there are several for each expiry, and for each of them somebody waited a whole round trip.',
        c: 'A look into a map takes the millionth time what it took the first time. What differs is whether anything is there.',
      },
    },
    { kind: 'question', id: 'hit-rate', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'ceiling', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'at-most', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'question', id: 'what-is-what', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'read', id: 'ttl-zero', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    { kind: 'bench', id: 'repaired', phase: 'CHECK', server: 'mine', ...load },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    {
      ...question('Q1', 'The hit rate of your run', 8, ['T1']),
      basis: 'run',
      hints: [
        'A request that costs the origin nothing was a hit.',
        'Each call to the origin was a miss. What share of all requests were the misses?',
        'One minus calls divided by requests sent, as a number from 0 to 1.',
      ],
      pose: (run) => {
        const { sent, originCalls, hitRate } = variantFigures(run, 'bench', 'on');
        return {
          text: `With the cache on, your clients sent **${grouped(sent)} requests**, and **${originCalls} calls** reached the origin. What was the hit rate, as a number from 0 to 1?`,
          format: { kind: 'number', expected: hitRate, tolerance: { absolute: 0.005 } },
          why: `1 - ${originCalls} / ${grouped(sent)} = ${hitRate.toFixed(4)}. Requests sent are counted, and not answers: one that was still under way at the end may have called the origin, too.`,
        };
      },
    },
    {
      ...question('Q2', 'The ceiling of a closed loop', 10, ['T1']),
      basis: 'run',
      hints: [
        'Each client waits for its answer before it asks again. How many answers can one client get in a second?',
        'One client gets one answer in each mean latency, and you have many clients.',
        'Clients divided by the mean latency in seconds: turn the milliseconds into seconds first.',
      ],
      pose: (run) => {
        const { latency, throughput } = variantFigures(run, 'bench', 'off');
        const { connections } = benchFigures(run, 'bench').options;
        const expected = connections / (latency.meanMs / 1000);
        return {
          text: `With the cache off, **${connections} clients** waited **${latency.meanMs.toFixed(1)} ms** for an answer, on average. How many answers a second can they get at most, all together?`,
          format: { kind: 'number', expected, unit: 'req/s', tolerance: { relative: 0.15 } },
          why: `${connections} / ${(latency.meanMs / 1000).toFixed(4)} s = ${expected.toFixed(0)} answers a second; ${throughput.toFixed(0)} were measured. A closed loop is never faster than its answers: only a shorter wait or more clients could raise it.`,
        };
      },
    },
    {
      ...question('Q3', 'The origin at its busiest', 10, ['T1', 'E1']),
      basis: 'seed',
      hints: [
        'How often in this run can the cache be without the entry? Do not forget the start.',
        'In each such gap every client can miss once, and no client twice: with its own answer it fills the entry.',
        'Clients times gaps. The first gap is at 0 s, and each further one comes a TTL after the one before.',
      ],
      pose: (_school, random) => {
        const clients = 5 * random.integer(3, 12);
        const seconds = random.pick([10, 12, 15, 20]);
        const ttl = random.pick([2, 3, 4]);
        const gaps = Math.ceil(seconds / ttl);
        return {
          text: `**${clients} clients** ask a server like this lab's for one subject, each as soon as it has its answer, for **${seconds} s**. The TTL is **${ttl} s**, the cache is empty at the start, the origin answers within 25 ms and never fails, and whoever misses calls it. How many calls can reach the origin at most?`,
          format: {
            kind: 'number',
            expected: clients * gaps,
            unit: 'calls',
            tolerance: { absolute: 0 },
          },
          why: `${clients} x ${gaps} = ${clients * gaps}. A client that missed has filled the entry with its own answer, so it cannot miss again before a whole TTL has passed: at best at 0 s, just after ${ttl} s, just after ${2 * ttl} s and so on, which is ${gaps} times in ${seconds} s. All clients can do so together, and they do when the origin is slow compared with the cache.`,
        };
      },
    },
    {
      ...question('Q4', 'What is what in the log', 12, ['E1']),
      basis: 'run',
      hints: [
        'In two lines the server looks for something, in one it keeps something, and one tells where.',
        'A look that finds nothing is a miss. What follows a miss, once the origin has answered, is a fill.',
        'The text under which something is kept is the key, the place is the backend, the seconds are the TTL.',
      ],
      pose: (run, _school, random) => {
        const { logged, key, ttlSeconds } = experimentData<ByHand>(run, 'by-hand');
        const also = { key: `"${key}" in three of these`, ttl: `${ttlSeconds} after "forSeconds"` };
        const texts: Record<string, string> = { ...logged, ...also };
        const order = random.shuffle(Object.keys(texts));
        const words = { hit: 'hit', miss: 'miss', fill: 'fill', key: 'key', ttl: 'TTL' };
        return {
          text: 'This is from the log of your own two requests. Give each piece its word.',
          format: {
            kind: 'match',
            items: order.map((word, index) => ({ id: `${index + 1}`, text: texts[word] ?? '' })),
            places: options({ ...words, backend: 'backend' }),
            expected: Object.fromEntries(order.map((word, index) => [`${index + 1}`, word])),
            partialCredit: true,
          },
          why: `${logged.miss} was the miss, ${logged.fill} the fill that came of it, and ${logged.hit} the hit. The key is ${key}, the TTL ${ttlSeconds} s, the backend memory.`,
        };
      },
    },
    {
      kind: 'code',
      id: 'C1',
      title: 'Add cache-aside to the statistics route',
      objectives: ['T1', 'E1'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Two things are missing around the line that asks the origin: something before it, and something after it.',
        'Make the cache once, outside the handler. Inside: make a key from the name and look under it; if something is there, that is the answer; if not, ask, keep it with the TTL if the status is 200, and answer.',
        'With node-cache: `const kept = cache.get(key)`, then `if (kept !== undefined) return kept`, and after asking `if (status === 200) cache.set(key, body, ttlSeconds)`; both only if the backend is memory.',
      ],
    },
  ],
});
