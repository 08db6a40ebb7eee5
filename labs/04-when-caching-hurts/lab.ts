import type { PredictStep, RunRecord } from 'course-labs/kit';
import {
  benchFigures,
  benchValues,
  defineLab,
  experimentData,
  variantFigures,
} from 'course-labs/kit';
import { type FloodData, flood, fullCache, type SeatsData, seats } from './experiments.ts';
import { type LettersData, letters } from './letters.ts';
import { questions } from './questions.ts';
import { listPath } from './requests.ts';

const quiet = { logLevel: 'warn' } as const;
const crowded = { cacheMaxEntries: flood.room, ...quiet };
const origin = {};

const seatsOf = (run: RunRecord) => experimentData<SeatsData>(run, 'seats').free;
const floodOf = (run: RunRecord) => experimentData<FloodData>(run, 'full');
const lettersOf = (run: RunRecord) => experimentData<LettersData>(run, 'letters');

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

const told = [
  { id: 'none', text: 'none, or almost none: the number changed' },
  { id: 'as-before', text: 'as many as at the start' },
  { id: 'error', text: 'it answers with an error' },
];

/** What hits and misses cost, for the text under the times. */
function priceValues(run: RunRecord): Record<string, string | number> {
  const { ms, entryKB, textKB } = lettersOf(run);
  const loss = (ms.miss - ms.off).toFixed(1);
  return {
    miss:
      ms.miss > ms.off
        ? `A miss cost **${loss} ms more** than no cache`
        : 'A miss is more work than no cache, although your run does not show it',
    saving: (ms.off - ms.hit).toFixed(1),
    entryKB,
    textKB,
  };
}

/** The benchmark's figures, and whether they show what a copy costs. */
function copyValues(run: RunRecord): Record<string, string | number> {
  const { speedups } = benchFigures(run, 'bench');
  const copied = speedups.find(({ variant }) => variant === 'copied');
  const cpu = (variant: string) => {
    const ms = variantFigures(run, 'bench', variant).cpuMsPer1000Requests;
    return ms === undefined ? 'not available' : `${Math.round(ms).toLocaleString('en')} ms`;
  };
  const slower = copied?.differs && copied.ratio < 1;
  return {
    ...benchValues(run, 'bench'),
    'plain-cpu': cpu('plain'),
    'copied-cpu': cpu('copied'),
    'repaired-cpu': cpu('repaired'),
    finding: slower
      ? 'The cache was always right, never asked anybody, and made its route slower.'
      : 'Your machine was too busy to show a difference in answers a second; the CPU time is a steadier witness.',
  };
}

export default defineLab({
  title: 'When caching hurts',
  objectives: ['T2', 'E10'],
  minutes: 35,
  incidents: [],
  routes: [
    'GET /api/v1/subjects/?search=&page=',
    'GET /api/v1/announcements/',
    'GET /api/v1/seats/:name/',
  ],
  scenario: {
    title: () => `GET ${listPath}`,
    requests: () => [{ path: listPath }],
    connections: 10,
    origin,
    stableBody: true,
    variants: [
      {
        name: 'plain',
        label: 'no cache',
        settings: { cacheBackend: 'none', ...quiet },
        entry: 'in-memory.ts',
        inMine: 'demonstration',
      },
      {
        name: 'copied',
        label: 'with cache',
        settings: quiet,
        entry: 'in-memory.ts',
        inMine: 'demonstration',
      },
      { name: 'repaired', label: 'repaired', settings: quiet, entry: 'repaired.ts' },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    predict('last-seat', { kind: 'choice', options: told }, (run) => {
      const { start, told } = seatsOf(run);
      return told === start ? 'as-before' : 'none';
    }),
    predict('five-hundred', { kind: 'number', unit: 'searches' }, (run) => floodOf(run).failed),
    {
      ...predict('copied', { kind: 'number', unit: 'times' }, (run) =>
        Number((benchFigures(run, 'bench').speedups[0]?.ratio ?? 1).toFixed(2)),
      ),
      // "As many" is not close to "half as many".
      closeFactor: 1.4,
    },
    { kind: 'experiment', id: 'seats', phase: 'RUN', settings: quiet, origin, run: seats },
    {
      kind: 'observe',
      id: 'old-promise',
      phase: 'OBSERVE',
      predictions: ['last-seat'],
      values: seatsOf,
    },
    { kind: 'experiment', id: 'full', phase: 'RUN', settings: crowded, origin, run: fullCache },
    {
      kind: 'observe',
      id: 'self-made-outage',
      phase: 'OBSERVE',
      predictions: ['five-hundred'],
      values: (run) => ({ ...floodOf(run) }),
    },
    {
      kind: 'explain',
      id: 'what-goes',
      phase: 'EXPLAIN',
      options: [
        { id: 'a', text: 'Everything: the cache starts afresh.' },
        { id: 'b', text: 'The entry that was put in first.' },
        { id: 'c', text: 'The entry that has not been used for longest.' },
        { id: 'd', text: 'Nothing goes: the newcomer is answered, and not kept.' },
      ],
      right: 'c',
      because: {
        a: 'It is simple, and it has bounds. But the favourites go as well, every time, and everybody who wants them goes to the origin at once.',
        b: 'It has bounds. But a favourite that is asked for every second goes all the same, as soon as fifty others came after it: age says nothing about use.',
        c: 'This is LRU, least recently used. Whatever is asked for all the time never comes to be last, and what came once leaves by itself.',
        d: 'Nobody is refused, and it has bounds. But whoever comes first stays: what is popular tomorrow never gets in, and the fifty searches of the first minute fill the cache until they expire.',
      },
    },
    { kind: 'experiment', id: 'letters', phase: 'RUN', settings: quiet, origin, run: letters },
    { kind: 'observe', id: 'price', phase: 'OBSERVE', predictions: [], values: priceValues },
    { kind: 'question', id: 'break-even', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'one-day', phase: 'EXPLAIN', exercise: 'Q2' },
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
      id: 'the-copy',
      phase: 'OBSERVE',
      predictions: ['copied'],
      values: copyValues,
    },
    { kind: 'read', id: 'four-questions', phase: 'EXPLAIN' },
    { kind: 'question', id: 'eight-endpoints', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    {
      kind: 'experiment',
      id: 'repaired',
      phase: 'CHECK',
      settings: crowded,
      origin,
      server: 'mine',
      run: fullCache,
    },
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: 'Cache only where it pays, and within bounds',
      objectives: ['T2', 'E10'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Three routes, three decisions. Which one must not be kept, which one has one answer for all, and which one has more answers than memory can hold?',
        'Let the seats ask the origin themselves. For the searches, replace node-cache by a Map with an end for each entry: when an entry is found, move it to the end of the Map; when there is one too many, delete the first key.',
        'To move: `entries.delete(path); entries.set(path, entry)`. To make room: `const [unused] = entries.keys(); if (entries.size > maxEntries) entries.delete(unused)`. An entry is `{ answer, endsAt: performance.now() + ttlSeconds * 1000 }`, and one that has ended counts as not found.',
      ],
    },
  ],
});
