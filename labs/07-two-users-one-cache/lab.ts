import type { PredictStep, RunRecord } from 'course-labs/kit';
import { benchFigures, benchValues, defineLab, experimentData } from 'course-labs/kit';
import {
  type AtTheDoor,
  atTheDoor,
  type ByHand,
  byHand,
  inTurn,
  type StormData,
  stormOn,
} from './experiments.ts';
import { options, questions } from './questions.ts';

const origin = { roundTripMs: 5 };
const quiet = { logLevel: 'warn' } as const;
const seen = (run: RunRecord) => experimentData<ByHand>(run, 'by-hand');
const door = (run: RunRecord) => experimentData<AtTheDoor>(run, 'at-the-door');
const stormOf = (run: RunRecord) => experimentData<StormData>(run, 'storm');

/** How many answers of the shared key came for one of the server that keeps users apart. */
const price = (run: RunRecord) => 1 / (benchFigures(run, 'bench').speedups[0]?.ratio ?? 1);

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

const whatBobSees = options({
  own: 'his own grades',
  alices: "alice's grades",
  refused: 'a refusal (401)',
});
const whatNobodySees = options({ refused: 'a refusal (401)', alices: "alice's grades" });

export default defineLab({
  title: 'Two users, one cache',
  objectives: ['T4', 'T5', 'E3', 'E4'],
  minutes: 60,
  incidents: [
    {
      date: '27 May 2021',
      who: 'Klarna',
      what: "for 31 minutes users of the app were shown other users' data",
      cause: 'a configuration of the CDN cache; the scope was found in the logs of the backend',
      source: 'klarna.com, incident report',
    },
    {
      date: '20 March 2023',
      who: 'ChatGPT',
      what: 'titles of conversations and payment data were shown to other users',
      cause: 'a cancelled request left its reply in a pooled Redis connection',
      source: 'openai.com/index/march-20-chatgpt-outage',
    },
  ],
  routes: [
    'GET /api/v1/me/grades/?page=',
    'GET /api/v1/me/stats/',
    'GET /api/v1/me/locker/',
    'POST /api/v1/students/:id/grades/',
    'POST /api/v1/users/logout/',
  ],
  scenario: {
    title: () => 'GET /api/v1/me/grades/, alice and bob in turn',
    requests: (school) => inTurn(school).map(({ who: _, ...request }) => request),
    connections: 20,
    origin,
    stableBody: false,
    variants: [
      { name: 'shared', label: 'shared key', settings: quiet, inMine: 'demonstration' },
      { name: 'per-user', label: 'per user', settings: quiet, entry: 'repaired.ts' },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'who-asks', phase: 'PREDICT' },
    predict('what-bob-sees', { kind: 'choice', options: whatBobSees }, (run) =>
      seen(run).owner === 1 ? 'alices' : seen(run).owner === 0 ? 'refused' : 'own',
    ),
    predict('without-a-token', { kind: 'choice', options: whatNobodySees }, (run) =>
      door(run).nobody === 200 ? 'alices' : 'refused',
    ),
    predict('how-many', { kind: 'number', unit: 'answers of 2,000' }, (run) => stormOf(run).leaked),
    predict('the-price', { kind: 'number', unit: 'times' }, (run) => Number(price(run).toFixed(1))),
    {
      kind: 'experiment',
      id: 'by-hand',
      phase: 'RUN',
      settings: { logLevel: 'debug' },
      origin,
      run: byHand,
    },
    {
      kind: 'observe',
      id: 'what-bob-saw',
      phase: 'OBSERVE',
      predictions: ['what-bob-sees'],
      values: (run) => ({ ...seen(run) }),
    },
    {
      kind: 'experiment',
      id: 'at-the-door',
      phase: 'RUN',
      settings: quiet,
      origin,
      run: atTheDoor,
    },
    { kind: 'observe', id: 'in-front', phase: 'OBSERVE', predictions: ['without-a-token'] },
    {
      kind: 'experiment',
      id: 'storm',
      phase: 'RUN',
      settings: quiet,
      origin,
      run: stormOn('course-labs serve 7'),
    },
    {
      kind: 'observe',
      id: 'the-scope',
      phase: 'OBSERVE',
      predictions: ['how-many'],
      values: (run) => ({ answered: stormOf(run).answered, leaked: stormOf(run).leaked }),
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
      values: (run) => ({ ...benchValues(run, 'bench'), times: price(run) }),
    },
    {
      kind: 'explain',
      id: 'which-change',
      phase: 'EXPLAIN',
      options: options({
        a: 'Look up the token first, and only then look into the cache.',
        b: 'Hash the key, so that nobody can guess it.',
        c: 'Keep private answers for one second only.',
        d: 'Look up the token first, and put the user that it belongs to into the key.',
      }),
      right: 'd',
      because: {
        a: "That keeps out whoever has no token. Bob has one: he is looked up, he is who he says, and the key that he then looks under is the same as alice's. Authentication says who asks. It does not choose what they get.",
        b: 'Equal texts have equal hashes. Alice and bob send the same address, so they look under the same hash, and nobody has to guess anything.',
        c: 'A second is enough for hundreds of requests, as your storm showed. A shorter TTL makes leaks rarer and harder to find; it does not make one of them right.',
        d: "What changes the answer must change the key, and here it is the user. And the user may be taken from nowhere but the look-up of this request's token: what a client merely claims is no identity.",
      },
    },
    { kind: 'read', id: 'without-any-key', phase: 'EXPLAIN' },
    { kind: 'question', id: 'who-is-told', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'first-proof', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'the-order', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'question', id: 'memory', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'read', id: 'user-or-token', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    {
      kind: 'experiment',
      id: 'storm-again',
      phase: 'CHECK',
      server: 'mine',
      settings: quiet,
      origin,
      run: stormOn('course-labs serve 7 --mine'),
    },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: "A cache that keeps everybody's data apart",
      objectives: ['T4', 'T5', 'E3', 'E4'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Two things decide what an entry is: who asks, and for what. The first is known only when whoAsks has answered, so the look into the cache belongs into the handlers, behind that line.',
        'In both handlers: first whoAsks; then a key of the user, the kind of data and the page, with something between them that none of them can hold; look; ask the origin; keep the body if the status is 200. The locker stays as it is. In the POST, throw away what is kept for the student in request.params.id.',
        'A count for each student makes it easy: a Map from the student to the number of grades posted since the start, and that count in every key: `student 3, count 0, grades, page 1`. The POST adds 1; old entries are simply never found again. Mind that userId is a number and request.params.id a text. Then take the two hooks out.',
      ],
    },
  ],
});
