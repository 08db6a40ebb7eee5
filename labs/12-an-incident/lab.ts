import type { ExplainStep, PredictStep, RunRecord } from 'course-labs/kit';
import { apiPath, defineLab, experimentData, plainSubjects } from 'course-labs/kit';
import { dashboard } from './dashboard.ts';
import { evidence } from './evidence.ts';
import {
  again,
  debug,
  type FlushData,
  flush,
  type LeakData,
  type LogData,
  leak,
  near,
  origin,
} from './experiments.ts';
import { questions } from './questions.ts';
import { crowd } from './scenes.ts';

const quiet = { logLevel: 'warn' } as const;
const leakOf = (run: RunRecord) => experimentData<LeakData>(run, 'leak');
const flushOf = (run: RunRecord) => experimentData<FlushData>(run, 'flush');
const logOf = (run: RunRecord) => experimentData<LogData>(run, 'debug');
const timesAsMuch = (run: RunRecord) => {
  const { info, debug: all } = logOf(run);
  return Number((all.bytes / info.bytes).toFixed(1));
};

function predict(id: string, unit: string, measured: PredictStep['measured']): PredictStep {
  return { kind: 'predict', id, phase: 'PREDICT', ask: { kind: 'number', unit }, measured };
}

const whyItWentOn: ExplainStep = {
  kind: 'explain',
  id: 'why-it-went-on',
  phase: 'EXPLAIN',
  options: [
    { id: 'a', text: 'Not all entries were deleted: some keys were missed.' },
    { id: 'b', text: 'The version that fills the cache wrongly was still running.' },
    { id: 'c', text: 'Clients went on showing what they had received before.' },
  ],
  right: 'b',
  because: {
    a: 'The counters say otherwise: the entries fall to almost none, at once. Deleting worked. It was the next minute that brought them back.',
    b: 'The first student who asked after the flush filled the entry again, for everybody. What is in a cache is a consequence; as long as the cause is there, deleting it buys a second. First the cause, then what it left behind.',
    c: 'The access logs show new answers, sent by the servers, with etags of somebody else. What clients keep comes on top, and no log of yours tells of it.',
  },
};

export default defineLab({
  title: 'Capstone: an incident, from its logs',
  objectives: ['T9', 'T6', 'T8', 'T10', 'E8', 'E10'],
  minutes: 75,
  incidents: [
    {
      date: '27 May 2021',
      who: 'Klarna',
      what: "for 31 minutes users of the app were shown other users' data",
      cause: 'a configuration of the CDN cache; the scope was found in the logs of the backend',
      source: 'klarna.com, incident report',
    },
    {
      date: '25 Dec 2015',
      who: 'Steam',
      what: "about 34,000 users' pages were shown to others",
      cause: 'a second cache configuration, brought in under attack, cached signed-in pages',
      source: "Valve's statement",
    },
  ],
  routes: [
    'GET /api/v1/me/grades/?page=',
    'GET /api/v1/me/stats/',
    'GET /api/v1/me/locker/',
    'GET /api/v1/subjects/:name/stats/',
    'PUT /api/v1/subjects/:name/',
    'POST /api/v1/students/:id/grades/',
    'POST /api/v1/users/login/',
    'POST /api/v1/users/logout/',
    'GET /pages/:id/',
  ],
  evidence,
  scenario: {
    title: () => 'grades of four students, and the statistics of a subject, in turn',
    requests: (school) => [
      ...school.students.slice(0, 4).map(({ tokens: [token] }) => ({
        path: `${apiPath('me', 'grades')}?page=1`,
        headers: { authorization: `Token ${token}` },
      })),
      { path: apiPath('subjects', plainSubjects(school)[0]?.name ?? '', 'stats') },
    ],
    connections: 20,
    origin: near,
    stableBody: false,
    variants: [
      { name: 'leaking', label: 'as it leaked', settings: quiet, inMine: 'demonstration' },
      { name: 'repaired', label: 'repaired', settings: quiet, entry: 'repaired.ts' },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'three-changes', phase: 'PREDICT' },
    predict('how-many-leak', 'answers of 400', (run) => leakOf(run).leaked),
    predict('calls-after-a-flush', 'calls', (run) => flushOf(run).flushed),
    predict('price-of-debug', 'times', timesAsMuch),
    {
      kind: 'experiment',
      id: 'dashboard',
      phase: 'RUN',
      settings: quiet,
      origin: {},
      run: dashboard,
    },
    { kind: 'read', id: 'what-is-missing', phase: 'OBSERVE' },
    { kind: 'read', id: 'the-files', phase: 'OBSERVE' },
    { kind: 'read', id: 'how-to-look', phase: 'OBSERVE' },
    { kind: 'read', id: 'without-jq', phase: 'OBSERVE' },
    { kind: 'read', id: 'one-request', phase: 'OBSERVE' },
    { kind: 'question', id: 'first-leak', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'whose-data', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'experiment', id: 'leak', phase: 'RUN', settings: {}, origin: near, run: leak },
    {
      kind: 'observe',
      id: 'all-green',
      phase: 'OBSERVE',
      predictions: ['how-many-leak'],
      values: (run) => ({ ...leakOf(run) }),
    },
    { kind: 'question', id: 'the-stampede', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'experiment', id: 'flush', phase: 'RUN', settings: quiet, origin, run: flush },
    {
      kind: 'observe',
      id: 'an-emptied-cache',
      phase: 'OBSERVE',
      predictions: ['calls-after-a-flush'],
      values: (run) => ({ ...flushOf(run), crowd }),
    },
    whyItWentOn,
    { kind: 'experiment', id: 'debug', phase: 'RUN', settings: quiet, origin: near, run: debug },
    {
      kind: 'observe',
      id: 'the-pipe',
      phase: 'OBSERVE',
      predictions: ['price-of-debug'],
      values: (run) => ({
        times: timesAsMuch(run),
        'info-bytes': logOf(run).info.bytes,
        'debug-bytes': logOf(run).debug.bytes,
      }),
    },
    { kind: 'question', id: 'who-can-tell', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'question', id: 'what-first', phase: 'EXPLAIN', exercise: 'Q5' },
    { kind: 'read', id: 'telling-people', phase: 'EXPLAIN' },
    { kind: 'question', id: 'the-message', phase: 'EXPLAIN', exercise: 'Q6' },
    { kind: 'read', id: 'before-you-edit', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    {
      kind: 'experiment',
      id: 'again',
      phase: 'CHECK',
      server: 'mine',
      settings: {},
      origin: near,
      run: again,
    },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: 'Repair the API',
      objectives: ['T9', 'T6', 'T8', 'T10', 'E8', 'E10'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Take the two hooks of the response cache out first: whatever is kept then has to be kept where it is known whose it is. After that one part at a time, and check in between. The log comes last: the serializers, the lines at debug, the level of an event, the error handler.',
        'ownData knows the user: store under the user, a generation and `what`. The generation is a value of its own in the store, under the user: gradePosted puts a new random one there. subjectStats: a Map of promises by subject, and the look into the store belongs inside the promise. page: look at request.headers before, and at the headers of the page after.',
        'const generation = (await store.get(generationOf(userId))) ?? "first", and in gradePosted store.set(generationOf(studentId), randomUUID()); the key in ownData is made of the user, that generation and what, with a colon after each. The plan: an onResponse hook that returns at once unless logger.isLevelEnabled("debug"), the url begins with /api/ and the status is below 400; in a try, since it may fail. The error handler: request.log.error({ err }) for 500 and above, with serializers.err giving { type, message, stack } and nothing else.',
      ],
    },
  ],
});
