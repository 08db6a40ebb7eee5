import type { ExperimentStep, Option, Origin, PredictStep, RunRecord } from 'course-labs/kit';
import { benchFigures, benchValues, defineLab, experimentData } from 'course-labs/kit';
import {
  queue,
  type TwoVisitors,
  twoVisitors,
  type WhatIsKept,
  whatIsKept,
} from './experiments.ts';
import { poseQueue, poseReleases, poseRules } from './questions.ts';

const origin = { roundTripMs: 25 };
const load = { rounds: 5, durationSeconds: 2, demonstration: { rounds: 3, durationSeconds: 1 } };
const quiet = { logLevel: 'warn' } as const;
const front = '/pages/front/';
const cookie = { cookie: 'session=somebody' };

const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));
const visitors = (run: RunRecord) => experimentData<TwoVisitors>(run, 'two-visitors');
const kept = (run: RunRecord) => experimentData<WhatIsKept>(run, 'what-is-kept');
const values = (run: RunRecord) => benchValues(run, 'bench');

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

/** An experiment with the cache on; after the repair it runs on the learner's own server. */
function experiment(
  id: string,
  run: ExperimentStep['run'],
  server: 'demonstration' | 'mine' = 'demonstration',
) {
  const phase = server === 'mine' ? 'CHECK' : 'RUN';
  return { kind: 'experiment', id, phase, server, settings: {}, origin, run } as const;
}

function question(id: string, title: string, points: number) {
  return { kind: 'question', id, title, points, objectives: ['T4', 'E3'] } as const;
}

/** The school's front page: the same for everybody, and without a word about caching. */
function publishFrontPage(at: Origin): Promise<void> {
  const items = Array.from({ length: 20 }, (_, index) => `<li>News of day ${index + 1}</li>`);
  const body = `<h1>The school</h1><ul>${items.join('')}</ul>`;
  return at.script('front', {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body,
  });
}

export default defineLab({
  title: 'Caching whole responses, and the limits',
  objectives: ['T4', 'E3'],
  minutes: 60,
  incidents: [
    {
      date: '25 Dec 2015',
      who: 'Steam',
      what: 'pages of about 34,000 users were shown to others',
      cause:
        'a second cache configuration, brought in under attack, stored pages of people who were signed in',
      source: "Valve's statement",
    },
    {
      date: '30 Mar 2026',
      who: 'Railway',
      what: 'for 52 minutes visitors could get pages that were made for others',
      cause:
        'caching was switched on by mistake, and GET responses without cache headers were stored',
      source: 'blog.railway.com incident report',
    },
    {
      date: 'May to November 2026',
      who: 'Django',
      what: 'seven ways in which cache_page and its middleware shared what was for one visitor',
      cause: 'rules about what may be stored that were missing, or read too literally',
      source: 'docs.djangoproject.com, archive of security issues',
    },
  ],
  routes: ['GET /pages/:id/', 'POST /api/v1/users/login/'],
  scenario: {
    title: () => `GET ${front}, one of four requests with a cookie`,
    requests: () => [
      { path: front },
      { path: front },
      { path: front },
      { path: front, headers: cookie },
    ],
    connections: 20,
    origin,
    prepare: publishFrontPage,
    stableBody: true,
    variants: [
      { name: 'off', label: 'no store', settings: { ...quiet, cacheBackend: 'none' } },
      { name: 'all', label: 'stores all', settings: quiet, inMine: 'demonstration' },
      { name: 'rules', label: 'by the rules', settings: quiet, entry: 'repaired.ts' },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'it-happened', phase: 'PREDICT' },
    predict(
      'whose-cookie',
      {
        kind: 'choice',
        options: options({ his: 'one of his own', hers: "alice's", none: 'none' }),
      },
      (run) => visitors(run).bobGot,
    ),
    {
      ...predict('how-many', { kind: 'number', unit: 'of 10' }, (run) => kept(run).replayed),
      closeFactor: 1.25,
    },
    predict('speed-up', { kind: 'number', unit: 'times' }, (run) => {
      const found = benchFigures(run, 'bench').speedups.find(({ variant }) => variant === 'rules');
      return Number((found?.ratio ?? 1).toFixed(1));
    }),
    experiment('two-visitors', twoVisitors),
    {
      kind: 'observe',
      id: 'one-session',
      phase: 'OBSERVE',
      predictions: ['whose-cookie'],
      values: (run) => ({ ...visitors(run) }),
    },
    experiment('what-is-kept', whatIsKept),
    {
      kind: 'observe',
      id: 'kept-too-much',
      phase: 'OBSERVE',
      predictions: ['how-many'],
      values: (run) => ({ ...kept(run) }),
    },
    { ...experiment('queue', queue), settings: { cacheTtlSeconds: 2 } },
    { kind: 'bench', id: 'bench', phase: 'RUN', server: 'demonstration', ...load },
    { kind: 'observe', id: 'the-limit', phase: 'OBSERVE', predictions: ['speed-up'], values },
    { kind: 'observe', id: 'fast-and-wrong', phase: 'OBSERVE', predictions: [], values },
    {
      kind: 'explain',
      id: 'vary',
      phase: 'EXPLAIN',
      options: options({
        a: 'Vary is a note to whoever stores the response, and this store does not read it.',
        b: 'The second visitor should have sent Vary, too.',
        c: 'Vary only works for browsers, not on servers.',
      }),
      right: 'a',
      because: {
        a: 'Vary says which headers of the request made the response what it is. It only helps if the store takes the values of those headers into its key. This one has the URL as its key, and passes the note on without reading it.',
        b: 'Vary stands in responses. What the request has is the header that it names: the visitor did send Accept-Language: en.',
        c: 'It is for everything that stores responses: browsers, proxies, CDNs, and your own server. Each of them has to read it.',
      },
    },
    { kind: 'read', id: 'who-decides', phase: 'EXPLAIN' },
    { kind: 'question', id: 'whose-session', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'read', id: 'the-rules', phase: 'EXPLAIN' },
    { kind: 'question', id: 'six-pairs', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'six-responses', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    experiment('two-visitors-again', twoVisitors, 'mine'),
    experiment('ten-pairs-again', whatIsKept, 'mine'),
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    {
      ...question('Q1', 'Six pairs of requests', 14),
      basis: 'seed',
      hints: [
        'Ask two things, one after the other: may the response be stored at all? And if so, may this second request have it?',
        'Not stored: what is no 200 to a GET, what forbids it (five things), and what somebody with Authorization or Cookie asked for, unless it says public.',
        'Stored but not used: another value of a header in Vary, a second request with Authorization or Cookie, a TTL that is over.',
      ],
      pose: (_school, random) => poseRules(random),
    },
    {
      ...question('Q2', 'Whose session did bob receive?', 10),
      basis: 'run',
      hints: [
        'Who reached the origin? Only they brought something new into the store.',
        'The first visitor did, and then the first one who came when the TTL had passed.',
        'Count the TTL from the first visit. Whoever came next after that was given a session, and so was everybody behind: the same one.',
      ],
      pose: (run) => poseQueue(run),
    },
    {
      ...question('Q3', 'Which releases hand it out?', 16),
      basis: 'seed',
      hints: [
        'Find the row of the table that is about the response. Is there none, it is either what cache_page is for, or what was never stored.',
        'A release has all fixes with its own number or a smaller one.',
        'Fixed after the newer release: both hand it out. Fixed after the older one, up to the newer: only the older. Fixed earlier: neither.',
      ],
      pose: (_school, random) => poseReleases(random),
    },
    {
      kind: 'code',
      id: 'C1',
      title: 'Make the plug-in safe for public pages',
      objectives: ['T4', 'E3'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Write two small functions: may this response be stored, and may this request be answered from the store? Call the first one in onSend and the second one in onRequest.',
        'For Vary you need two maps: URL to the names of the headers, and URL with the values of those headers to the response. JSON.stringify of a list of values makes a key in which null (absent) and "" (empty) differ.',
        'In onSend leave at once if the method is not GET, the status is not 200, there is a Set-Cookie, the list of Vary holds *, the list of Cache-Control holds private, no-store or no-cache, or the request has Authorization or Cookie and the list holds no public. Make both lists with `String(header ?? "").toLowerCase().split(",").map((item) => item.trim())`.',
      ],
    },
  ],
});
