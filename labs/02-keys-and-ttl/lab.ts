import type { BenchStep, ExperimentStep, Option, PredictStep, RunRecord } from 'course-labs/kit';
import { benchValues, defineLab, experimentData, variantFigures } from 'course-labs/kit';
import {
  type AtTtl,
  askAtThreeTtls,
  askInTwoLanguages,
  askSpellings,
  type Languages,
  type Spelled,
} from './experiments.ts';
import { questions } from './questions.ts';

const origin = { roundTripMs: 25 };
const load = { rounds: 5, durationSeconds: 2, demonstration: { rounds: 3, durationSeconds: 1 } };
const settings = { cacheTtlSeconds: 1, logLevel: 'warn' } as const;
const quiet = { logLevel: 'warn' } as const;

const options = (texts: Readonly<Record<string, string>>): Option[] =>
  Object.entries(texts).map(([id, text]) => ({ id, text }));
const calls = { kind: 'number', unit: 'calls' } as const;
const languages = options({ english: 'an English answer', german: 'a German answer' });

const spelled = (run: RunRecord) => ({ ...experimentData<Spelled>(run, 'by-hand') });
const spoken = (run: RunRecord) => ({ ...experimentData<Languages>(run, 'two-languages') });
const values = (run: RunRecord) => benchValues(run, 'bench');

/** The servers with the shortest and with the longest TTL. */
function extremes(run: RunRecord): { short: AtTtl; long: AtTtl } {
  const { results } = experimentData<{ results: AtTtl[] }>(run, 'three-ttls');
  return { short: results[0] as AtTtl, long: results.at(-1) as AtTtl };
}

function ttlValues(run: RunRecord): Record<string, number> {
  const { short, long } = extremes(run);
  const percent = ({ calls: missed, requests }: AtTtl) => Math.round((1 - missed / requests) * 100);
  return {
    requests: short.requests,
    'short-calls': short.calls,
    'long-calls': long.calls,
    'short-rate': percent(short),
    'long-rate': percent(long),
    'short-old': short.old,
    'long-old': long.old,
    times: long.ttlSeconds / short.ttlSeconds,
    saved: short.calls - long.calls,
  };
}

function predict(id: string, ask: PredictStep['ask'], measured: PredictStep['measured']) {
  return { kind: 'predict', id, phase: 'PREDICT', ask, measured } as const;
}

function experiment(id: string, run: ExperimentStep['run'], more: Partial<ExperimentStep> = {}) {
  return { kind: 'experiment', id, phase: 'RUN', settings: quiet, origin, run, ...more } as const;
}

function bench(id: string, phase: BenchStep['phase'], server: BenchStep['server']) {
  return { kind: 'bench', id, phase, server, ...load } as const;
}

/** A thousand links to one list: each has its own campaign, and its parameters in an order of its own. */
function campaignLinks() {
  return Array.from({ length: 1000 }, (_, index) => {
    const parameters = ['search=Art', 'page=1', `utm_campaign=c${index}`];
    const turned = [...parameters.slice(index % 3), ...parameters.slice(0, index % 3)];
    return { path: `/api/v1/subjects/?${turned.join('&')}` };
  });
}

export default defineLab({
  title: 'Keys and TTL',
  objectives: ['T1', 'T2', 'E1', 'E3'],
  minutes: 45,
  incidents: [
    {
      date: '29 Apr 2020',
      who: 'Thread',
      what: 'a partial outage: cached values came back for keys that nobody had asked for',
      cause: 'keys that memcached does not take were sent to it unchecked (Django, CVE-2020-13254)',
      source: 'danpalmer.me/2020-06-07-django-memcache-vulnerability',
    },
  ],
  routes: ['GET /api/v1/subjects/?search=&page=', 'GET /api/v1/subjects/:name/'],
  scenario: {
    title: () => 'GET /api/v1/subjects/?search=Art, by 1,000 different links',
    requests: campaignLinks,
    connections: 8,
    origin,
    stableBody: true,
    variants: [
      { name: 'url', label: 'URL as the key', settings, inMine: 'demonstration' },
      { name: 'canonical', label: 'canonical key', settings, entry: 'repaired.ts' },
    ],
  },
  steps: [
    { kind: 'read', id: 'welcome', phase: 'PREDICT' },
    predict('spellings', calls, (run) => spelled(run).calls),
    predict('language', { kind: 'choice', options: languages }, (run) =>
      spoken(run).german > 0 ? 'german' : 'english',
    ),
    predict('noise', { kind: 'number', unit: '%' }, (run) =>
      Number((variantFigures(run, 'bench', 'url').hitRate * 100).toFixed(1)),
    ),
    predict('longer', calls, (run) => extremes(run).short.calls - extremes(run).long.calls),
    experiment('by-hand', askSpellings),
    {
      kind: 'observe',
      id: 'one-thing',
      phase: 'OBSERVE',
      predictions: ['spellings'],
      values: spelled,
    },
    experiment('two-languages', askInTwoLanguages),
    {
      kind: 'observe',
      id: 'not-in-the-key',
      phase: 'OBSERVE',
      predictions: ['language'],
      values: spoken,
    },
    bench('bench', 'RUN', 'demonstration'),
    { kind: 'observe', id: 'noise-costs', phase: 'OBSERVE', predictions: ['noise'], values },
    experiment('three-ttls', askAtThreeTtls, { settings }),
    {
      kind: 'observe',
      id: 'price-of-a-ttl',
      phase: 'OBSERVE',
      predictions: ['longer'],
      values: ttlValues,
    },
    { kind: 'read', id: 'recipe', phase: 'EXPLAIN' },
    {
      kind: 'explain',
      id: 'the-text',
      phase: 'EXPLAIN',
      options: options({
        a: 'a&page=2',
        b: 'A',
        c: 'a b',
      }),
      right: 'a',
      because: {
        a: 'With it the key is `search=a&page=2`, and so is the key of page 2 of the search for `a`. Whoever asks second gets the answer of whoever asked first. A text from outside can hold your delimiter: escape it, or let something like JSON do so.',
        b: 'Its key is `search=A`, and that of the search for `a` is `search=a`. Two keys for two searches, as it must be: a search counts as it is.',
        c: 'Its key is `search=a b`, which no other question makes. A space only looks odd in a key, and is none of the characters that mean something here.',
      },
    },
    { kind: 'question', id: 'entries', phase: 'EXPLAIN', exercise: 'Q1' },
    { kind: 'question', id: 'hit-rates', phase: 'EXPLAIN', exercise: 'Q2' },
    { kind: 'question', id: 'collision', phase: 'EXPLAIN', exercise: 'Q3' },
    { kind: 'edit', id: 'edit', phase: 'EDIT', exercise: 'C1' },
    { kind: 'check', id: 'check', phase: 'CHECK', exercise: 'C1' },
    experiment('by-hand-again', askSpellings, { phase: 'CHECK', server: 'mine' }),
    bench('repaired', 'CHECK', 'mine'),
    { kind: 'read', id: 'in-django', phase: 'CHECK' },
    { kind: 'read', id: 'end', phase: 'CHECK' },
  ],
  exercises: [
    ...questions,
    {
      kind: 'code',
      id: 'C1',
      title: 'A canonical key',
      objectives: ['T1', 'T2', 'E1', 'E3'],
      points: 60,
      file: 'server.ts',
      hints: [
        'Do not clean up the URL: make a new key from the few values that the answer depends on. What you never read cannot make an entry.',
        'First get one spelling of each value: one text where there may be an array, 1 where the page is empty, `de` or `en`, the name in lower case. Then join route and values so that no text can imitate a delimiter.',
        "`JSON.stringify(['list', search, page, lang])` and `JSON.stringify(['subject', name.toLowerCase(), lang])`, made of the same values that the origin is asked with; `[value].flat()[0]` takes one where a parameter stands twice.",
      ],
    },
  ],
});
