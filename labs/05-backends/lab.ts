import type { Incident, PredictStep } from 'course-labs/kit';
import { apiPath, defineLab, experimentData, plainSubjects } from 'course-labs/kit';
import { redisGoes, type TwoInstances, twoInstances } from './experiments.ts';
import { afterRestart, djangoBackends, options, sharingSaves, whoWasStale } from './questions.ts';
import { awayValues, hitValues, redisHit, sharedValues, tableValues, whileDead } from './values.ts';

const origin = { roundTripMs: 25 };
const load = { rounds: 5, durationSeconds: 2, demonstration: { rounds: 3, durationSeconds: 1 } };
const statsPath = (name = '') => apiPath('subjects', name, 'stats');
const quiet = { cacheTtlSeconds: 60, logLevel: 'warn' } as const;
const first = { cacheBackend: 'memory', instance: 'a' } as const;
const alone = { cacheBackend: 'none' } as const;

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

function question(id: string, title: string, points: number, objectives: ('T3' | 'E2' | 'E10')[]) {
  return { kind: 'question', id, title, points, objectives } as const;
}

const incidents: Incident[] = [
  {
    date: '22 Feb 2022',
    who: 'Slack',
    what: 'Many users could not connect.',
    cause:
      'An emptied cache, misses that cost far more than hits, and a database too busy to let it fill again.',
    source: 'slack.engineering/slacks-incident-on-2-22-22',
  },
  {
    date: '19 Oct 2023',
    who: 'OpenAI',
    what: 'Requests to the API failed.',
    cause: 'The Redis cache for authentication failed, and there was no way around it.',
    source: 'status.openai.com/incidents/fk0tcbydtybr',
  },
];

export default defineLab({
  title: 'Backends: none, memory, file, Redis',
  objectives: ['T3', 'E2', 'E10'],
  minutes: 55,
  incidents,
  routes: [
    'GET /api/v1/subjects/:name/',
    'GET /api/v1/subjects/:name/stats/',
    'PUT /api/v1/subjects/:name/',
  ],
  scenario: {
    title: (school) => `GET ${statsPath(plainSubjects(school)[0]?.name)}, hits only`,
    requests: (school) => [{ path: statsPath(plainSubjects(school)[0]?.name) }],
    // One client: it never queues behind another, so that its wait is what a hit costs.
    connections: 1,
    origin,
    stableBody: true,
    variants: [
      { name: 'memory', label: 'memory', settings: { cacheBackend: 'memory', ...quiet } },
      {
        name: 'file',
        label: 'file',
        settings: { cacheBackend: 'file', ...quiet },
        // No part of the exercise.
        inMine: 'demonstration',
      },
      { name: 'redis', label: 'Redis', settings: { cacheBackend: 'redis', ...quiet } },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    predict(
      'calls',
      { kind: 'number', unit: 'calls' },
      (run) => experimentData<TwoInstances>(run, 'two-instances').sharing.memory?.calls,
    ),
    predict(
      'hit-cost',
      {
        kind: 'choice',
        options: options({
          faster: 'faster than one in memory',
          same: 'about the same',
          slower: 'slower than one in memory',
        }),
      },
      redisHit,
    ),
    predict(
      'redis-away',
      {
        kind: 'choice',
        options: options({
          origin: 'an answer from the origin, a little later',
          error: 'an error, at once',
          waits: 'nothing, as long as Redis is away',
        }),
      },
      whileDead,
    ),
    {
      kind: 'experiment',
      id: 'two-instances',
      phase: 'RUN',
      settings: first,
      origin,
      run: twoInstances(['none', 'memory', 'file', 'redis']),
    },
    {
      kind: 'observe',
      id: 'each-for-itself',
      phase: 'OBSERVE',
      predictions: ['calls'],
      values: sharedValues,
    },
    { kind: 'read', id: 'one-folder', phase: 'OBSERVE' },
    { kind: 'bench', id: 'bench', phase: 'RUN', server: 'demonstration', ...load },
    {
      kind: 'observe',
      id: 'not-faster',
      phase: 'OBSERVE',
      predictions: ['hit-cost'],
      values: hitValues,
    },
    { kind: 'experiment', id: 'redis-goes', phase: 'RUN', settings: alone, origin, run: redisGoes },
    {
      kind: 'observe',
      id: 'a-cache-that-stops-you',
      phase: 'OBSERVE',
      predictions: ['redis-away'],
      values: awayValues,
    },
    {
      kind: 'observe',
      id: 'four-backends',
      phase: 'OBSERVE',
      predictions: [],
      values: tableValues,
    },
    {
      kind: 'explain',
      id: 'why-they-waited',
      phase: 'EXPLAIN',
      options: options({
        a: 'The client library kept the command and waited for Redis, and the route waited for the library.',
        b: 'The origin was overloaded, since all requests went there.',
        c: 'The answer was lost together with Redis, and had to be computed anew.',
      }),
      right: 'a',
      because: {
        a: 'ioredis puts commands into a queue while there is no connection, and for a reply it sets no limit. That is kind to a job that must not lose a command, and wrong for a cache, whose command is worth a few milliseconds and no more.',
        b: 'It was idle: the table of moments shows that nobody asked it. A route that asks the cache first goes no further until the cache has said something.',
        c: 'The origin has every answer. To compute one anew takes it some 30 ms, and the client waited many times that.',
      },
    },
    { kind: 'read', id: 'it-happened', phase: 'EXPLAIN' },
    { kind: 'question', id: 'what-sharing-saves', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'who-was-stale', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'after-a-restart', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'question', id: 'which-backend', phase: 'EXPLAIN', exercise: 'Q4' },
    { kind: 'read', id: 'a-good-guest', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    {
      kind: 'experiment',
      id: 'yours',
      phase: 'CHECK',
      server: 'mine',
      settings: first,
      origin,
      run: twoInstances(['memory', 'redis']),
    },
    {
      kind: 'experiment',
      id: 'yours-without-redis',
      phase: 'CHECK',
      server: 'mine',
      settings: alone,
      origin,
      run: redisGoes,
    },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    {
      ...question('Q1', 'What sharing saves', 10, ['E2']),
      basis: 'run',
      hints: [
        'How many calls does one instance make for these subjects when it keeps them in its own memory?',
        'With memory the calls grow with the number of instances. With a shared store they do not.',
        'Instances times the calls of one instance, less the calls with the shared store in your run.',
      ],
      pose: sharingSaves,
    },
    {
      ...question('Q2', 'Who told the old professor', 8, ['E2']),
      basis: 'run',
      hints: [
        'Where does each instance look for an entry, and in which of these places did the PUT delete it?',
        'With a shared store there is one entry for both. With memory there are two.',
        'Only one instance still had an entry that nobody had deleted: not the one that got the PUT.',
      ],
      pose: whoWasStale,
    },
    {
      ...question('Q3', 'The seconds after a restart', 12, ['E10']),
      basis: 'seed',
      hints: [
        'Only one of the two instances has anything to load again.',
        'Go through the lines of a alone: the first for each subject is a miss, a later one a hit.',
        'One minus the number of different subjects that a was asked for, divided by all lines.',
      ],
      pose: afterRestart,
    },
    {
      ...question('Q4', 'Six backends, six situations', 10, ['T3']),
      basis: 'seed',
      hints: [
        'Ask of each situation: who must see the entries? One process, one machine, or all machines?',
        'Then: may something be installed for it, and what is it to do besides get and set?',
        'Nothing kept: Dummy. One process: LocMem. One machine: FileBased. All machines: the database that is there, Memcached for get and set, Redis for more.',
      ],
      pose: djangoBackends,
    },
    {
      kind: 'code',
      id: 'C1',
      title: 'A cache adapter for none, memory and Redis',
      objectives: ['T3', 'E2', 'E10'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Write three small objects with get, set, delete and close, and let createCache choose one by `backend`. Begin with memory: lab 1 has all of it.',
        'For Redis: JSON.stringify on the way in, JSON.parse on the way out, the TTL with the SET, a prefix for every key. Then give ioredis an "error" listener, no offline queue and a time-out for commands, and catch what every command throws: a failed get is a miss.',
        "new Redis(redisUrl, { keyPrefix: 'school:', enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 250 }), redis.set(key, JSON.stringify(value), 'EX', ttlSeconds), and one function that wraps each command: it catches, warns if the last warning is a second old, and gives undefined.",
      ],
    },
  ],
});
