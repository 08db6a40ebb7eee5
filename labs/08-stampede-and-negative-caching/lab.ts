import type { ExplainStep, PredictStep, RunRecord } from 'course-labs/kit';
import { benchValues, defineLab, plainSubjects } from 'course-labs/kit';
import { burst, origin, outage, repaired, storm, watched } from './experiments.ts';
import { burstOf, options, outageOf, questions, repairedOf, stormOf } from './questions.ts';
import { crowd, statsPath } from './scenes.ts';

const load = { rounds: 5, durationSeconds: 2, demonstration: { rounds: 3, durationSeconds: 1 } };
const settings = { cacheTtlSeconds: 1, logLevel: 'warn' } as const;
const values = (run: RunRecord) => benchValues(run, 'bench');

function predict(id: string, unit: string, measured: PredictStep['measured']): PredictStep {
  return { kind: 'predict', id, phase: 'PREDICT', ask: { kind: 'number', unit }, measured };
}

/** The three scenes, before and after. */
function compared(run: RunRecord): Record<string, string | number> {
  const [late, missing, failing, after] = [
    burstOf(run),
    stormOf(run),
    outageOf(run),
    repairedOf(run),
  ];
  return {
    crowd,
    'expiry-before': late.calls,
    'expiry-after': after.burst.calls,
    'slowest-before': late.slowestMs,
    'slowest-after': after.burst.slowestMs,
    'storm-requests': missing.requests,
    'storm-before': missing.calls,
    'storm-after': after.storm.calls,
    'outage-before': failing.first.calls + failing.again.calls,
    'outage-after': after.first.calls + after.again.calls,
    'errors-before': failing.first.failed + failing.again.failed,
    'errors-after': after.first.failed + after.again.failed,
    'stale-records': after.staleRecords,
  };
}

const jitter: ExplainStep = {
  kind: 'explain',
  id: 'jitter',
  phase: 'EXPLAIN',
  options: options({
    a: 'Nothing. It still ends at one moment, and everybody is there.',
    b: 'It spreads the 50 calls over twelve seconds.',
    c: 'It saves one call in ten.',
  }),
  right: 'a',
  because: {
    a: 'One entry has one end. Jitter moves it, and the crowd meets it there. What jitter is good for is many entries that were filled in the same moment, after a restart say: without it they would all end together, too. Many keys: jitter. One hot key: single flight.',
    b: 'The twelve seconds lie between the ends of different entries. One entry has one end, and all who ask after it and before the next fill find nothing.',
    c: 'Ends that come a little earlier or later are as many as before, and each of them costs what it did.',
  },
};

export default defineLab({
  title: 'Stampede and negative caching',
  objectives: ['T1', 'T2', 'E10'],
  minutes: 50,
  incidents: [
    {
      date: '23 Sep 2010',
      who: 'Facebook',
      what: 'about 2.5 hours without the site',
      cause:
        'a failed query made the clients delete the cache key, which made more queries: a loop that fed itself',
      source: "More Details on Today's Outage, a note by R. Johnson",
    },
    {
      date: '22 Feb 2022',
      who: 'Slack',
      what: 'many people could not connect',
      cause: 'an emptied cache, misses that were expensive, and no way back by itself',
      source: 'slack.engineering/slacks-incident-on-2-22-22',
    },
  ],
  routes: ['GET /api/v1/subjects/:name/stats/', 'POST /api/v1/subjects/'],
  scenario: {
    title: (school) => `GET ${statsPath(plainSubjects(school)[0]?.name)}`,
    requests: (school) => [{ path: statsPath(plainSubjects(school)[0]?.name) }],
    connections: crowd,
    origin,
    stableBody: true,
    variants: [
      { name: 'plain', label: 'plain', settings, inMine: 'demonstration' },
      { name: 'single-flight', label: 'single flight', settings, entry: 'repaired.ts' },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    predict('calls', 'calls', (run) => burstOf(run).calls),
    predict('slowest', 'ms', (run) => Math.round(burstOf(run).slowestMs)),
    predict('missing', 'calls', (run) => stormOf(run).calls),
    { kind: 'experiment', id: 'burst', phase: 'RUN', settings: watched, origin, run: burst },
    {
      kind: 'observe',
      id: 'fifty-at-once',
      phase: 'OBSERVE',
      predictions: ['calls', 'slowest'],
      values: (run) => ({ ...burstOf(run) }),
    },
    { kind: 'experiment', id: 'storm', phase: 'RUN', settings: watched, origin, run: storm },
    {
      kind: 'observe',
      id: 'never-a-hit',
      phase: 'OBSERVE',
      predictions: ['missing'],
      values: (run) => ({ ...stormOf(run) }),
    },
    { kind: 'experiment', id: 'outage', phase: 'RUN', settings: watched, origin, run: outage },
    { kind: 'observe', id: 'the-loop', phase: 'OBSERVE', predictions: [] },
    { kind: 'read', id: 'three-repairs', phase: 'OBSERVE' },
    {
      kind: 'experiment',
      id: 'after',
      phase: 'RUN',
      settings: watched,
      origin,
      entry: 'repaired.ts',
      run: repaired,
    },
    {
      kind: 'observe',
      id: 'before-and-after',
      phase: 'OBSERVE',
      predictions: [],
      values: compared,
    },
    { kind: 'bench', id: 'bench', phase: 'RUN', server: 'demonstration', ...load },
    { kind: 'observe', id: 'what-hides', phase: 'OBSERVE', predictions: [], values },
    jitter,
    { kind: 'question', id: 'at-an-expiry', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'saved', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'storm-goes-on', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'question', id: 'old-answers', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'read', id: 'what-bites', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    { kind: 'bench', id: 'repaired', phase: 'CHECK', server: 'mine', ...load },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: 'A cache that holds on its worst day',
      objectives: ['T1', 'T2', 'E10'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Three things to remember for a key: the answer, when it ends, and whether a call is under way. Take single flight first, then 404s, then the grace time: each is a few lines.',
        'Keep the promise of the call in a Map of its own, look there before calling, and take it out when it ends, well or not. An entry holds status and body, and stays in its Map when it has expired.',
        '`const flight = flights.get(key) ?? askOrigin(path, request.id).finally(() => flights.delete(key))`, then `flights.set(key, flight)`; await it in a try. In the catch: the entry is there, is a 200 and `performance.now() < entry.endsAt + graceMs`? Log it and send it. Otherwise throw.',
      ],
    },
  ],
});
