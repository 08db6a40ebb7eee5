import type { Option, PredictStep, RunRecord, School } from 'course-labs/kit';
import {
  apiPath,
  benchFigures,
  benchValues,
  defineLab,
  experimentData,
  plainSubjects,
} from 'course-labs/kit';
import { type FourViews, fourViews, type Staleness, staleness } from './experiments.ts';
import { deleteThenWrite, writeThenDelete } from './interleavings.ts';
import { questions } from './questions.ts';
import { detail, put, search, stats } from './views.ts';

const ttlSeconds = 2;
const watched = { settings: { cacheTtlSeconds: ttlSeconds }, origin: { roundTripMs: 5 } };
const raced = { settings: { logLevel: 'debug' }, origin: {} } as const;
const load = { rounds: 5, durationSeconds: 2, demonstration: { rounds: 3, durationSeconds: 1 } };
/** Of so many requests of the load one is a PUT. */
const perWrite = 100;

const values = (run: RunRecord) => benchValues(run, 'bench');
const four = (run: RunRecord) => experimentData<FourViews>(run, 'four-views');
const aged = (run: RunRecord) => experimentData<Staleness>(run, 'staleness');
const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));

function predict(id: string, choices: Record<string, string>, measured: PredictStep['measured']) {
  const ask = { kind: 'choice', options: options(choices) } as const;
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

/** Which variant the benchmark shows to be the faster. */
function faster(run: RunRecord): string {
  const speedup = benchFigures(run, 'bench').speedups[0];
  if (!speedup?.differs) return 'equal';
  return speedup.ratio > 1 ? 'invalidated' : 'ttl-only';
}

/** How long an old answer was given. */
function howLong(run: RunRecord): string {
  const { largestMs, stale } = aged(run);
  if (stale === 0) return 'never';
  // An entry is filled a little after its value was read, on a busy machine somewhat more.
  return largestMs <= ttlSeconds * 1500 ? 'ttl' : 'longer';
}

/** Reads of five subjects, and of the first now and then a PUT. */
function requests(school: School) {
  const names = plainSubjects(school)
    .slice(0, 5)
    .map(({ name }) => name);
  const [written = ''] = names;
  const reads = names
    .flatMap((name) => [detail(name), detail(name), stats(name), search(name)])
    .map(({ request }) => ({ path: request.path, headers: request.headers ?? {} }));
  const cycle = (professor: string) => {
    const { token, path, body } = put({ school }, written, { professor });
    const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
    const write = { method: 'PUT', path, headers, body: JSON.stringify(body) };
    const others = Array.from(
      { length: perWrite - 1 },
      (_, at) => reads[at % reads.length] ?? { path },
    );
    // The first of 20 connections begins with the first request, the last with the 20th: all come to the PUT soon.
    return others.toSpliced(20, 0, write);
  };
  return [...cycle('Prof. One'), ...cycle('Prof. Two')];
}

export default defineLab({
  title: 'Invalidation and staleness',
  objectives: ['T2', 'E1', 'E10'],
  minutes: 50,
  incidents: [
    {
      date: '4 Oct 2023',
      who: 'Cloudflare 1.1.1.1',
      what: 'For some four hours the public DNS resolver failed to answer part of the questions it was asked.',
      cause:
        'Since 21 September it could not read the new root zone, and nobody was told; it went on with its old copy until the signatures in it ran out.',
      source: 'blog.cloudflare.com/1-1-1-1-lookup-failures-on-october-4th-2023',
    },
  ],
  routes: [
    'GET /api/v1/subjects/?search=&page=',
    'GET /api/v1/subjects/:name/',
    'GET /api/v1/subjects/:name/stats/',
    'POST /api/v1/subjects/',
    'PUT /api/v1/subjects/:name/',
  ],
  scenario: {
    title: (school) =>
      `GETs of five subjects, and one PUT ${apiPath('subjects', plainSubjects(school)[0]?.name ?? '')} in ${perWrite} requests`,
    requests,
    connections: 20,
    origin: { roundTripMs: 25 },
    stableBody: false,
    variants: [
      {
        name: 'ttl-only',
        label: 'TTL only',
        settings: { logLevel: 'warn' },
        inMine: 'demonstration',
      },
      {
        name: 'invalidated',
        label: 'invalidated',
        settings: { logLevel: 'warn' },
        entry: 'invalidated.ts',
      },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    { kind: 'read', id: 'incident', phase: 'PREDICT' },
    predict(
      'who',
      {
        nobody: 'nobody',
        some: 'whoever looks at the list, a search or the statistics',
        everyone: 'everyone, wherever they look',
      },
      (run) => (four(run).stale === 0 ? 'nobody' : four(run).stale === 4 ? 'everyone' : 'some'),
    ),
    predict(
      'how-long',
      {
        never: 'no longer than the PUT takes',
        ttl: 'up to one TTL after the PUT',
        longer: 'as long as people keep asking',
      },
      howLong,
    ),
    predict(
      'faster',
      {
        'ttl-only': 'the server that never invalidates',
        equal: 'no difference shows',
        invalidated: 'the server that invalidates',
      },
      faster,
    ),
    { kind: 'experiment', id: 'four-views', phase: 'RUN', ...watched, run: fourViews(ttlSeconds) },
    {
      kind: 'observe',
      id: 'who-sees-it',
      phase: 'OBSERVE',
      predictions: ['who'],
      values: (run) => ({ ...four(run) }),
    },
    { kind: 'experiment', id: 'staleness', phase: 'RUN', ...watched, run: staleness },
    { kind: 'question', id: 'oldest', phase: 'OBSERVE', exercise: 'Q1' },
    {
      kind: 'observe',
      id: 'until-when',
      phase: 'OBSERVE',
      predictions: ['how-long'],
      values: (run) => ({
        largest: aged(run).largestMs,
        stale: aged(run).stale,
        answers: aged(run).answers,
        ttl: ttlSeconds,
      }),
    },
    { kind: 'read', id: 'keys', phase: 'OBSERVE' },
    { kind: 'question', id: 'must-go', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'bench', id: 'bench', phase: 'RUN', server: 'demonstration', ...load },
    { kind: 'observe', id: 'price', phase: 'OBSERVE', predictions: ['faster'], values },
    {
      kind: 'experiment',
      id: 'race',
      phase: 'RUN',
      ...raced,
      entry: 'deletes-after.ts',
      run: writeThenDelete,
    },
    {
      kind: 'explain',
      id: 'why-stale',
      phase: 'EXPLAIN',
      options: options({
        a: 'The delete failed, or hit another key.',
        b: 'The reader asked before the write, and its answer was kept after the delete.',
        c: 'The entry had not expired yet.',
      }),
      right: 'b',
      because: {
        a: 'The delete did what it can do: it removed what was there at that moment, which was nothing. What the reader was still waiting for was not in the cache yet.',
        b: 'The value was read before the write and kept after the delete. Nothing in the cache tells that it is older than the delete, so it stays for a whole TTL.',
        c: 'There was no entry when the write came: the reader had found nothing, and that is why it asked. The entry came afterwards.',
      },
    },
    {
      kind: 'experiment',
      id: 'delete-first',
      phase: 'RUN',
      ...raced,
      entry: 'deletes-before.ts',
      run: deleteThenWrite,
    },
    { kind: 'question', id: 'which-order', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'read', id: 'three-answers', phase: 'EXPLAIN' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    { kind: 'experiment', id: 'fresh', phase: 'CHECK', server: 'mine', ...watched, run: staleness },
    { kind: 'bench', id: 'repaired', phase: 'CHECK', server: 'mine', ...load },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: 'Invalidate on write',
      objectives: ['T2', 'E10'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Write at the origin first. Only when it has said yes, make old what tells of the subject: under how many keys is that, and under which names?',
        'Delete the detail in both languages and the statistics, of the old name and of the one in the answer, and every key that begins as a list does. Then look at `read`: between its two lines that touch the cache a write may have come and gone.',
        'Count writes. In `read`, note the count before `askOrigin`, and call `cache.set` only if it is still the same afterwards. After a write with a status below 400, count one more and delete.',
      ],
    },
  ],
});
