import type { Probe, School } from 'course-labs/kit';
import {
  apiPath,
  askCounted,
  benchValues,
  countedTable,
  defineLab,
  experimentData,
  plainSubjects,
} from 'course-labs/kit';

/** The statistics of the school's first subject, whose name is no special case. */
const statsPath = (school: School) =>
  apiPath('subjects', plainSubjects(school)[0]?.name ?? '', 'stats');

/** What the experiment leaves for texts and questions. */
interface ByHand {
  requests: number;
  calls: number;
}

/** Some requests for one subject, one after the other. How many is drawn from the seed. */
async function byHand(probe: Probe) {
  const path = statsPath(probe.school);
  const requests = probe.random.integer(3, 6);
  const asked = [];
  for (let sent = 0; sent < requests; sent += 1) {
    asked.push(await askCounted(probe.origin, probe.server, { path }, { route: 'subject-stats' }));
  }
  const data: ByHand = { requests, calls: asked.reduce((sum, { calls }) => sum + calls, 0) };
  const rows = Object.fromEntries(asked.map((each, index) => [`request ${index + 1}`, each]));
  return { exhibit: countedTable(`GET ${path}`, rows), data: { ...data } };
}

export default defineLab({
  title: 'LAB_TITLE',
  objectives: ['T1', 'E1'],
  minutes: 20,
  incidents: [],
  routes: ['GET /api/v1/subjects/:name/stats/'],
  scenario: {
    title: (school) => `GET ${statsPath(school)}`,
    requests: (school) => [{ path: statsPath(school) }],
    connections: 10,
    origin: { roundTripMs: 10 },
    stableBody: true,
    variants: [
      { name: 'off', label: 'cache off', settings: { cacheBackend: 'none', logLevel: 'warn' } },
      { name: 'on', label: 'cache on', settings: { cacheTtlSeconds: 1, logLevel: 'warn' } },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    {
      kind: 'predict',
      id: 'guess-calls',
      phase: 'PREDICT',
      ask: { kind: 'number', unit: 'calls' },
      measured: (run) => experimentData<ByHand>(run, 'by-hand').calls,
    },
    { kind: 'experiment', id: 'by-hand', phase: 'RUN', settings: {}, origin: {}, run: byHand },
    {
      kind: 'bench',
      id: 'bench',
      phase: 'RUN',
      server: 'demonstration',
      rounds: 3,
      durationSeconds: 2,
      demonstration: { rounds: 3, durationSeconds: 1 },
    },
    {
      kind: 'observe',
      id: 'look',
      phase: 'OBSERVE',
      predictions: ['guess-calls'],
      shows: 'by-hand',
      values: (run) => benchValues(run, 'bench'),
    },
    {
      kind: 'explain',
      id: 'why',
      phase: 'EXPLAIN',
      options: [
        { id: 'a', text: 'The first answer was kept, and given to all who asked after that.' },
        { id: 'b', text: 'The origin got faster, since its data were in memory by then.' },
      ],
      right: 'a',
      because: {
        a: 'Calls were counted at the origin: after the first, none came.',
        b: 'It may have. But a faster origin would still have been called, and it was not.',
      },
    },
    { kind: 'question', id: 'count-misses', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'your-hit-rate', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'edit', id: 'add-a-cache', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'graded', phase: 'CHECK', exercise: 'C1' },
    { kind: 'edit', id: 'your-exercise', phase: 'EDIT', exercise: 'C2' },
    { kind: 'check', id: 'graded-too', phase: 'CHECK', exercise: 'C2' },
  ],
  exercises: [
    {
      kind: 'question',
      id: 'Q1',
      title: 'Count the misses',
      objectives: ['E1'],
      points: 20,
      hints: [
        'The first request for a subject is a miss.',
        'Each further one for the same subject is a hit.',
        'So there are as many misses as there are different subjects.',
      ],
      // From the seed of the workspace: each learner has figures of their own, and anyone can recompute them.
      basis: 'seed',
      pose: (_school, random) => {
        const subjects = random.integer(3, 9);
        const times = random.integer(2, 5);
        return {
          text: `**${subjects} subjects** are asked for **${times} times** each, all within the TTL, and the cache is empty at the start. How many of the ${subjects * times} requests are misses?`,
          format: {
            kind: 'number',
            expected: subjects,
            unit: 'misses',
            tolerance: { absolute: 0 },
          },
          why: `Each of the ${subjects} subjects is missed once; the other ${subjects * (times - 1)} requests are hits.`,
        };
      },
    },
    {
      kind: 'question',
      id: 'Q2',
      title: 'The hit rate of your run',
      objectives: ['T1'],
      points: 20,
      hints: [
        'A hit is a request that makes no call to the origin.',
        'The table of your requests by hand has a column for calls.',
        'Requests less calls, divided by requests.',
      ],
      // From what the learner's own run recorded.
      basis: 'run',
      pose: (run) => {
        const { requests, calls } = experimentData<ByHand>(run, 'by-hand');
        return {
          text: 'In your run some requests were sent by hand. What was their hit rate?',
          format: {
            kind: 'number',
            expected: 1 - calls / requests,
            tolerance: { absolute: 0.01 },
          },
          why: `${calls} of ${requests} requests reached the origin: 1 - ${calls} / ${requests}.`,
        };
      },
    },
    {
      kind: 'code',
      id: 'C1',
      title: 'Add cache-aside to the statistics route',
      objectives: ['T1'],
      points: 30,
      file: 'server.ts',
      hints: [
        'Two things are missing around the line that asks the origin: one before it, one after it.',
        'Make a key from the name and look under it; if something is there, that is the answer; if not, ask, keep it if the status is 200, and answer.',
        'A Map from the name to the body and the moment when it ends; neither read nor filled when CACHE_BACKEND is none.',
      ],
    },
    // Yours: the guide says how. The points of all code exercises are 60 together.
    {
      kind: 'code',
      id: 'C2',
      title: '',
      objectives: [],
      points: 30,
      file: 'server.ts',
      hints: ['', '', ''],
    },
  ],
});
