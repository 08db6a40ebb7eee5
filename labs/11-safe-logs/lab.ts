import type { PredictStep, RunRecord } from 'course-labs/kit';
import { benchValues, defineLab, plainSubjects } from 'course-labs/kit';
import { debugLines } from './debug-lines.ts';
import { again, atDebug, atInfo, forged } from './experiments.ts';
import { freeAtInfo, whatRedactHits } from './explanations.ts';
import { atDebugOf, atInfoOf, eagerShare, forgedOf, foundIn, slowdown } from './figures.ts';
import { statsPath } from './observing.ts';
import { options, questions } from './questions.ts';

const origin = {};
const watched = { logLevel: 'info' } as const;

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

const infoValues = (run: RunRecord) => ({
  found: foundIn(atInfoOf(run)),
  secrets: atInfoOf(run).secrets.length,
});

export default defineLab({
  title: 'Safe logs, and the price of logging',
  objectives: ['T10', 'E9'],
  minutes: 50,
  incidents: [
    {
      date: 'May 2018',
      who: 'Twitter and GitHub',
      what: 'passwords of users stood in internal logs',
      cause: 'they had been written there, as a part of what was logged',
      source: 'contemporary press reports',
    },
    {
      date: 'March 2019',
      who: 'Facebook',
      what: 'passwords of users stood in internal logs',
      cause: 'the same again, ten months later',
      source: 'contemporary press reports',
    },
    {
      date: 'December 2021',
      who: 'Log4Shell (CVE-2021-44228)',
      what: 'who could get a text into the log could run code on the server',
      cause: 'the logger interpreted the texts that it was given',
      source: 'logging.apache.org',
    },
  ],
  routes: [
    'POST /api/v1/users/login/',
    'GET /api/v1/me/locker/',
    'GET /api/v1/subjects/:name/stats/',
  ],
  scenario: {
    title: (school) => `GET ${statsPath(plainSubjects(school)[0]?.name ?? '')}`,
    requests: (school) => [{ path: statsPath(plainSubjects(school)[0]?.name ?? '') }],
    connections: 20,
    origin,
    stableBody: true,
    variants: [
      { name: 'none', label: 'none', settings: { logLevel: 'fatal' } },
      { name: 'info', label: 'info', settings: { logLevel: 'info' } },
      { name: 'debug', label: 'debug', settings: { logLevel: 'debug' } },
      {
        name: 'eager',
        label: 'eager',
        settings: { logLevel: 'info' },
        entry: 'eager.ts',
        inMine: 'demonstration',
      },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'the-server', phase: 'PREDICT' },
    predict(
      'how-many',
      { kind: 'number', unit: 'secrets of nine' },
      (run) => infoValues(run).found,
    ),
    predict('successes', { kind: 'number', unit: 'logins' }, (run) => forgedOf(run).toldSuccesses),
    predict('at-debug', { kind: 'number', unit: 'times' }, (run) =>
      Number(slowdown(run).toFixed(1)),
    ),
    predict(
      'not-written',
      {
        kind: 'choice',
        options: options({
          nothing: 'nothing: no line is written',
          little: 'up to a fifth of its answers a second',
          much: 'more than a fifth',
        }),
      },
      (run) => (eagerShare(run) >= 0.95 ? 'nothing' : eagerShare(run) >= 0.8 ? 'little' : 'much'),
    ),
    {
      kind: 'experiment',
      id: 'nine-secrets',
      phase: 'RUN',
      settings: watched,
      origin,
      run: atInfo,
    },
    {
      kind: 'observe',
      id: 'how-they-got-there',
      phase: 'OBSERVE',
      predictions: ['how-many'],
      values: infoValues,
    },
    whatRedactHits,
    {
      kind: 'experiment',
      id: 'one-hour',
      phase: 'RUN',
      settings: { logLevel: 'debug' },
      origin,
      run: atDebug,
    },
    {
      kind: 'observe',
      id: 'behind-a-level',
      phase: 'OBSERVE',
      predictions: [],
      values: (run) => ({ ...infoValues(run), 'found-at-debug': foundIn(atDebugOf(run)) }),
    },
    {
      kind: 'experiment',
      id: 'three-logins',
      phase: 'RUN',
      settings: watched,
      origin,
      run: forged,
    },
    {
      kind: 'observe',
      id: 'who-wrote-it',
      phase: 'OBSERVE',
      predictions: ['successes'],
      values: (run) => ({ ...forgedOf(run) }),
    },
    { kind: 'read', id: 'more-than-text', phase: 'OBSERVE' },
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
      predictions: ['at-debug'],
      values: (run) => ({
        ...benchValues(run, 'bench'),
        slowdown: slowdown(run).toFixed(1),
        lines: debugLines,
      }),
    },
    {
      kind: 'observe',
      id: 'for-nothing',
      phase: 'OBSERVE',
      predictions: ['not-written'],
      values: (run) => ({
        ...benchValues(run, 'bench'),
        share: Math.round(eagerShare(run) * 100),
        lines: debugLines,
      }),
    },
    freeAtInfo,
    { kind: 'question', id: 'in-the-log', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'a-day', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'one-level-down', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'question', id: 'one-call', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'read', id: 'three-ways', phase: 'EXPLAIN' },
    { kind: 'read', id: 'what-bites', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    {
      kind: 'experiment',
      id: 'again',
      phase: 'CHECK',
      server: 'mine',
      settings: { logLevel: 'debug' },
      origin,
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
      title: 'A log that is safe, and that one can afford',
      objectives: ['T10', 'E9'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Go through what the log is given, and ask of each field whether you chose it. Whole objects that came from outside (a body, the headers, an answer, an error of an HTTP client) are where all of the secrets come from, and all of the forgeries.',
        'Name what is logged in place of what is not: a serializer for req that gives the method and the path up to the ?, one for err that gives type, message and stack, and events with fields of your own. What is printed without the logger goes. Ask logger.isLevelEnabled before the query of the debug line, and catch what it throws.',
        "serializers: { req: ({ method, url }) => ({ method, path: url.split('?')[0] }), err: ({ name, message, stack }) => ({ type: name, message, stack }) }; in the login { event: 'login', outcome, userId } and nothing that was posted; no line about the locker's answer; in the hook: if (!logger.isLevelEnabled('debug') || reply.statusCode >= 400 || !request.url.startsWith('/api/')) return; then try and catch around the call.",
      ],
    },
  ],
});
