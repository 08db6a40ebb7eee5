import type { PredictStep, RunRecord } from 'course-labs/kit';
import { benchFigures, benchValues, defineLab, experimentData } from 'course-labs/kit';
import { gradesOf } from './asking.ts';
import { oneStory, type Story, type Told, threeAtOnce } from './experiments.ts';
import { type Kinds, sixKinds } from './kinds.ts';
import { options, questions, rushOf } from './questions.ts';
import { rush } from './rush.ts';

const origin = { roundTripMs: 5 };
const settings = { logLevel: 'info' } as const;
const toldOf = (run: RunRecord) => experimentData<Told>(run, 'three-at-once');
const storyOf = (run: RunRecord) => experimentData<Story>(run, 'story');
const kindsOf = (run: RunRecord, step = 'six-kinds') => experimentData<Kinds>(run, step);

const whose = options({
  user: 'yes: the record of the failure names the user',
  id: 'yes: by the request id that the user was told',
  nobody: 'no',
});

const both = options({ 0: 'none', 1: 'one', 2: 'two, or more' });

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

/** How many answers with the context came for one with the two lines alone. */
const price = (run: RunRecord) =>
  benchFigures(run, 'bench').speedups.find(({ variant }) => variant === 'context')?.ratio ?? 1;

/** The six kinds before and after, as far as the text compares them. */
function compared(run: RunRecord): Record<string, string | number> {
  const [before, after] = [kindsOf(run), kindsOf(run, 'six-kinds-after')];
  return {
    'failing-before': before.failing.errors,
    'failing-after': after.failing.errors,
    'html-after': after.html.errors,
    'missing-after': after.missing.errors,
    'hit-before': before.again.lines,
    'hit-after': after.again.lines,
  };
}

export default defineLab({
  title: 'Context, errors and exceptions',
  objectives: ['T7', 'T8', 'E6', 'E7'],
  minutes: 50,
  incidents: [],
  routes: [
    'POST /api/v1/users/login/',
    'POST /api/v1/users/logout/',
    'GET /api/v1/me/grades/?page=',
    'POST /api/v1/students/:id/grades/',
    'PUT /api/v1/subjects/:name/',
  ],
  scenario: {
    title: () => 'GET /api/v1/me/grades/, three users in turn',
    requests: ({ alice, bob, students }) =>
      [alice, bob, ...students.slice(20, 21)].map((user) => {
        const { path, token } = gradesOf(user);
        return { path, headers: { authorization: `Token ${token}` } };
      }),
    connections: 20,
    origin: {},
    stableBody: false,
    variants: [
      {
        name: 'lines',
        label: 'two lines',
        settings,
        entry: 'lines-only.ts',
        inMine: 'demonstration',
      },
      { name: 'context', label: 'with context', settings, entry: 'repaired.ts' },
      { name: 'silent', label: 'warn only', settings: { logLevel: 'warn' }, entry: 'repaired.ts' },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'the-school', phase: 'PREDICT' },
    predict('whose', { kind: 'choice', options: whose }, (run) => toldOf(run).tells),
    predict('how-many', { kind: 'number', unit: 'records' }, (run) => kindsOf(run).failing.errors),
    predict('a-hit', { kind: 'choice', options: both }, (run) => {
      const { first, again } = kindsOf(run);
      return `${Math.min(2, first.lines + again.lines)}`;
    }),
    {
      ...predict('the-price', { kind: 'number', unit: 'answers' }, (run) =>
        Number((100 * price(run)).toFixed(0)),
      ),
      closeFactor: 1.1,
    },
    {
      kind: 'experiment',
      id: 'three-at-once',
      phase: 'RUN',
      settings,
      origin,
      run: threeAtOnce,
    },
    {
      kind: 'observe',
      id: 'nobodys-log',
      phase: 'OBSERVE',
      predictions: ['whose'],
      values: (run) => ({ ...toldOf(run) }),
    },
    { kind: 'experiment', id: 'six-kinds', phase: 'RUN', settings, origin, run: sixKinds },
    {
      kind: 'observe',
      id: 'what-they-left',
      phase: 'OBSERVE',
      predictions: ['how-many', 'a-hit'],
      values: (run) => ({ errors: kindsOf(run).failing.errors }),
    },
    { kind: 'read', id: 'three-words', phase: 'OBSERVE' },
    {
      kind: 'experiment',
      id: 'story',
      phase: 'RUN',
      settings,
      origin,
      entry: 'repaired.ts',
      run: oneStory,
    },
    {
      kind: 'observe',
      id: 'one-story',
      phase: 'OBSERVE',
      predictions: [],
      values: (run) => ({ ...storyOf(run) }),
    },
    {
      kind: 'experiment',
      id: 'six-kinds-after',
      phase: 'RUN',
      settings,
      origin,
      entry: 'repaired.ts',
      run: sixKinds,
    },
    {
      kind: 'observe',
      id: 'whose-fault',
      phase: 'OBSERVE',
      predictions: [],
      values: compared,
    },
    {
      kind: 'explain',
      id: 'where-to-log',
      phase: 'EXPLAIN',
      options: options({
        a: 'Log it in each catch, and throw it on, so that nothing gets lost.',
        b: 'Log it where it is dealt with for good, in one place for the whole server, and nowhere else.',
        c: 'Log it in the function that calls the origin, since most is known there.',
        d: 'Log it in the route, and answer 200 with an empty list, so that nobody is troubled.',
      }),
      right: 'b',
      because: {
        a: 'Each layer between the origin and the client adds a record. Whoever counts errors counts layers: you have seen two records for one failure. Thrown on is not lost; it has its record where it ends.',
        b: 'What is thrown carries all that is known where it was thrown, its cause included. One place catches whatever nobody has dealt with, also what nobody has thought of, and it knows the request and its user.',
        c: 'The function does not know whether it failed for good: somebody above may try again, or serve an old answer. It knows neither the request nor the user. And what is thrown elsewhere is not logged at all.',
        d: 'The client takes an empty list for the truth, and the student thinks that the grades are gone. A failure that looks like a success is found last of all.',
      },
    },
    {
      kind: 'experiment',
      id: 'rush',
      phase: 'RUN',
      settings,
      origin,
      entry: 'repaired.ts',
      run: rush,
    },
    { kind: 'question', id: 'users-who-failed', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'the-first', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'the-slowest', phase: 'EXPLAIN', exercise: 'Q3' },
    {
      kind: 'read',
      id: 'what-a-mean-hides',
      phase: 'EXPLAIN',
      values: (run) => ({ 'mean-ms': rushOf(run).meanMs }),
    },
    {
      kind: 'bench',
      id: 'bench',
      phase: 'RUN',
      server: 'demonstration',
      rounds: 5,
      durationSeconds: 2,
      demonstration: { rounds: 3, durationSeconds: 1 },
    },
    {
      kind: 'observe',
      id: 'what-it-costs',
      phase: 'OBSERVE',
      predictions: ['the-price'],
      values: (run) => {
        const values = benchValues(run, 'bench');
        const bytes = Number(values['context-log-bytes-per-request']);
        // At 100 requests a second, 86,400 seconds a day.
        return { ...values, 'gb-per-day': (bytes * 100 * 86_400) / 1e9 };
      },
    },
    { kind: 'question', id: 'one-failure', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'read', id: 'what-bites', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    {
      kind: 'experiment',
      id: 'your-story',
      phase: 'CHECK',
      server: 'mine',
      settings,
      origin,
      run: oneStory,
    },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: "A log that tells each request's story",
      objectives: ['T7', 'T8', 'E6', 'E7'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Take it in this order: the id (6 points, and without it nothing else can be judged), the error handler, the events, the user. Replace `app.log` by the logger of the request wherever a request is about.',
        "`genReqId` of Fastify makes the id: look at the header, and take `randomUUID()` from node:crypto where it does not match. An onRequest hook sets the answer's header. Fastify's own error handler does all that is asked, if you do not set another and leave request logging on; so the handler, the catch and `disableRequestLogging` can go.",
        "Behind whoAsks: `request.log = reply.log = request.log.child({ userId })`, and all records that follow have the user. Then `request.log.info({ event: 'grades.read', outcome: 'success' }, '...')` where the status is below 400, also before the hit is returned. For the login signIn tells the userId; where its status is 400, `warn` with outcome failure.",
      ],
    },
  ],
});
