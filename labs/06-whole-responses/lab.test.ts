import { readFileSync } from 'node:fs';
import {
  createRandom,
  type PosedQuestion,
  type RunRecord,
  type School,
  type ScriptedPage,
  type VariantSummary,
} from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import lab from './lab.ts';

const school = {} as School;
const seeds = Array.from({ length: 40 }, (_, index) => index + 1);

function variant(name: string, throughput: number, hitRate: number): VariantSummary {
  return {
    variant: name,
    label: name,
    throughput,
    latency: { meanMs: 20, p50Ms: 1, p90Ms: 30, p95Ms: 31, p99Ms: 33, maxMs: 40 },
    sent: 8_000,
    answered: 8_000,
    originCalls: Math.round(8_000 * (1 - hitRate)),
    hitRate,
    cpuMsPer1000Requests: undefined,
    memoryBytes: undefined,
    failed: 0,
  };
}

const speedup = (name: string, ratio: number) => ({
  variant: name,
  baseline: 'off',
  ratio,
  interval: { low: ratio - 0.2, high: ratio + 0.2, level: 0.95 },
  differs: true,
});

/** carol fills, dave gets hers; the TTL of 2 s passes, erin fills, alice and bob get hers. */
const visits = [
  { who: 'carol', atMs: 12 },
  { who: 'dave', atMs: 40 },
  { who: 'erin', atMs: 2_061 },
  { who: 'alice', atMs: 2_090 },
  { who: 'bob', atMs: 2_118 },
];

const exhibit = { kind: 'timeline', moments: [] } as const;

const run: RunRecord = {
  id: 4,
  lab: 6,
  seed: 9,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /pages/front/',
      options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [variant('off', 700, 0), variant('all', 20_000, 1), variant('rules', 2_600, 0.75)],
      speedups: [speedup('all', 28.6), speedup('rules', 3.71)],
      measurements: [],
    },
  },
  experiments: {
    'two-visitors': {
      exhibit,
      data: { bobGot: 'hers', alice: 'session=k3f9-alice', bob: 'session=p0a1-bob' },
    },
    'what-is-kept': { exhibit, data: { pairs: 10, replayed: 10, wrong: 9 } },
    queue: { exhibit, data: { ttlSeconds: 2, visits, bobGot: 'erin' } },
  },
};

function pose(id: string, seed = 9): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(`${id} is no question`);
  const random = createRandom(seed, id);
  if (question.basis === 'seed') return question.pose(school, random);
  return question.pose(run, school, random);
}

/** The six texts of a question with the place of each. */
function placesOf(id: string, seed: number): [text: string, place: string][] {
  const { format } = pose(id, seed);
  if (format.kind !== 'match') throw new Error(`${id} is to be matched`);
  return format.items.map((item) => [item.text, format.expected[item.id] ?? '']);
}

/** The rules of the lab, worked out from the words of a pair. */
function judgePair(text: string): string {
  const [first = '', second = ''] = text.split('; then ');
  const isPublic = first.includes('public');
  const personal = (request: string) => /Authorization|a cookie|Cookie: theme/.test(request);
  const forbidden = /Private|NO-CACHE|No-Store|Set-Cookie|, \*/.test(first);
  const asked = first.split(' gets ')[0] ?? '';
  if (!first.includes('a 200') || first.startsWith('POST') || forbidden) return 'never';
  if (personal(asked) && !isPublic) return 'never';
  if (/with (Authorization|a cookie)/.test(second) && !isPublic) return 'unused';
  if (second.includes('has passed') || second.includes('an empty')) return 'unused';
  const language = (words: string) => /Accept-Language: (de|en)/.exec(words)?.[1];
  const other = language(second);
  return other !== undefined && other !== language(asked) ? 'unused' : 'used';
}

describe('Q1, six pairs', () => {
  it('follows the rules of the lab, for every text that can be drawn', () => {
    const seen = new Set<string>();
    for (const seed of seeds) {
      for (const [text, place] of placesOf('Q1', seed)) {
        seen.add(text);
        expect(judgePair(text), text).toBe(place);
      }
    }
    expect(seen.size).toBeGreaterThan(15);
  });

  it('has two pairs for each place, in an order of the seed', () => {
    const orders = seeds.map((seed) => placesOf('Q1', seed).map(([, place]) => place));
    for (const order of orders) {
      expect([...order].sort()).toEqual(['never', 'never', 'unused', 'unused', 'used', 'used']);
    }
    expect(new Set(orders.map(String)).size).toBeGreaterThan(5);
  });
});

describe('Q2, whose session', () => {
  it("is that of the first who came after the TTL, and bob's record says so", () => {
    const { format, text, why } = pose('Q2');
    expect(format).toMatchObject({ kind: 'choice', expected: 'erin' });
    expect(format.kind === 'choice' && format.options).toHaveLength(5);
    expect(text).toContain('carol at 0.01 s, dave at 0.04 s, erin at 2.06 s');
    expect(why).toContain('The first who came after that was erin, at 2.06 s');
  });

  it('cannot be posed from a run without the visits', () => {
    const question = lab.exercises.find(({ id }) => id === 'Q2');
    if (question?.kind !== 'question' || question.basis !== 'run') throw new Error('Q2');
    const empty = { ...run, experiments: {} };
    expect(() => question.pose(empty, school, createRandom(1))).toThrow('run 4 has no experiment');
  });
});

describe('Q3, two releases of Django', () => {
  /** From which release of 5.2 on a text is repaired, by words of the text; the table of the CVEs. */
  const repairedIn: readonly [words: string, release: number][] = [
    ['Vary: *;', 14],
    ['SESSION_SAVE_EVERY_REQUEST', 14],
    ['Cache-Control: Private', 15],
    ['Vary: " * "', 15],
    ['Authorization, no Cache-Control', 15],
    ['Set-Cookie: sessionid', 16],
    ['an empty one', 19],
    ['a plain 200', 99],
    ['Cache-Control: public', 99],
    ['then asked for with de', 99],
    ['Cache-Control: private', 0],
    ['a 404', 0],
    ['then asked for with en', 0],
  ];

  it('agrees with the table, whichever releases are drawn', () => {
    for (const seed of seeds) {
      const [older = 0, newer = 0] = [
        ...pose('Q3', seed).text.matchAll(/\*\*(?:Django )?5\.2\.(\d+)\*\*/g),
      ].map((match) => Number(match[1]));
      expect(older).toBeLessThan(newer);
      for (const [text, place] of placesOf('Q3', seed)) {
        const release = repairedIn.find(([words]) => text.includes(words))?.[1] ?? Number.NaN;
        const wanted = release > newer ? 'both' : release > older ? 'older' : 'neither';
        expect(place, `${text} in ${older} and ${newer}`).toBe(wanted);
      }
    }
  });

  it('prints the whole table, and six responses, two for each place', () => {
    expect(pose('Q3').text.match(/\| 2026-/g)).toHaveLength(7);
    for (const seed of seeds) {
      const places = placesOf('Q3', seed).map(([, place]) => place);
      expect(places.sort()).toEqual(['both', 'both', 'neither', 'neither', 'older', 'older']);
    }
  });
});

describe('all questions', () => {
  it('are posed alike each time, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ['Q1', 'Q2', 'Q3']) expect(pose(id)).toEqual(pose(id));
    expect(JSON.stringify(run)).toBe(before);
  });
});

describe('the lesson', () => {
  const text = readFileSync(new URL('lesson.md', import.meta.url), 'utf8');
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf(':')), section]),
  );

  it('has a text for each step, with a figure for each gap', () => {
    expect([...sections.keys()]).toEqual(lab.steps.map(({ id }) => id));
    for (const step of lab.steps) {
      const gaps = [...(sections.get(step.id) ?? '').matchAll(/\{\{([^}]+)\}\}/g)];
      const values: Record<string, unknown> = step.values?.(run) ?? {};
      for (const [, name = ''] of gaps) expect(values, step.id).toHaveProperty([name]);
    }
  });

  it('compares predictions with what was measured', () => {
    const measured = lab.steps.flatMap((step) =>
      step.kind === 'predict' ? [[step.id, step.measured(run)]] : [],
    );
    expect(Object.fromEntries(measured)).toEqual({
      'whose-cookie': 'hers',
      'how-many': 10,
      'speed-up': 3.7,
    });
  });

  it('asks for pairs in the number that the prediction names', () => {
    const step = lab.steps.find(({ id }) => id === 'how-many');
    expect(step?.kind === 'predict' && step.ask).toEqual({ kind: 'number', unit: 'of 10' });
    expect(sections.get('how-many')?.match(/^\d+\. /gm)).toHaveLength(10);
  });
});

describe('the scenario', () => {
  it('publishes the page that it asks for, without a word about caching', async () => {
    const pages: Record<string, ScriptedPage> = {};
    const script = async (id: string, page: ScriptedPage) => {
      pages[id] = page;
    };
    await lab.scenario.prepare?.({ script } as never, school);
    expect(Object.keys(pages)).toEqual(['front']);
    expect(pages.front).toMatchObject({ status: 200 });
    expect(Object.keys(pages.front?.headers ?? {})).toEqual(['content-type']);
    for (const { path } of lab.scenario.requests(school)) expect(path).toBe('/pages/front/');
  });

  it('sends one of four requests with a cookie', () => {
    const requests = lab.scenario.requests(school);
    expect(requests).toHaveLength(4);
    expect(requests.filter(({ headers }) => headers?.cookie !== undefined)).toHaveLength(1);
  });
});
