import { readFileSync } from 'node:fs';
import {
  createRandom,
  type PosedQuestion,
  type RunRecord,
  type School,
  type VariantSummary,
} from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import lab from './lab.ts';

/** Thirty subjects: the first twelve are on page 1. Java and JavaScript are on page 2, and C# is awkward. */
const names = Array.from({ length: 30 }, (_, index) => `Subject ${index + 1}`);
names.splice(13, 3, 'Java', 'C#', 'JavaScript');
const school = {
  subjects: names.map((name) => ({ name })),
  awkwardSubjects: [{ name: 'C#' }],
  staff: [{ tokens: ['staff-token-1', 'staff-token-2'] }],
} as unknown as School;

function variant(name: string, figures: Partial<VariantSummary>): VariantSummary {
  return {
    variant: name,
    label: name,
    throughput: 0,
    latency: { meanMs: 1, p50Ms: 0.5, p90Ms: 1, p95Ms: 1, p99Ms: 2, maxMs: 40 },
    sent: 0,
    answered: 0,
    originCalls: 0,
    hitRate: 0,
    cpuMsPer1000Requests: undefined,
    memoryBytes: undefined,
    failed: 0,
    ...figures,
  };
}

const exhibit = { kind: 'timeline', moments: [] } as const;
const seen = (did: string, stale: boolean) => ({ reader: '', did: did.split(', '), stale });

/** The list was asked for last, and the statistics were the oldest: 3,050 - 1,200 ms. */
const run: RunRecord = {
  id: 4,
  lab: 3,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GETs and a PUT',
      options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [
        variant('ttl-only', { throughput: 9_000, sent: 90_000, originCalls: 915 }),
        variant('invalidated', { throughput: 6_300, sent: 63_000, originCalls: 6_300 }),
      ],
      speedups: [
        {
          variant: 'invalidated',
          baseline: 'ttl-only',
          ratio: 0.7,
          interval: { low: 0.66, high: 0.74, level: 0.95 },
          differs: true,
        },
      ],
      measurements: [],
    },
  },
  experiments: {
    'four-views': {
      exhibit,
      data: { stale: 4, old: 'Prof. Ito', new: 'Prof. Newcomer', ttlSeconds: 2 },
    },
    staleness: {
      exhibit,
      data: {
        views: [
          { view: 'detail', answers: 150, stale: 0, meanAgeMs: 0 },
          {
            view: 'statistics',
            answers: 150,
            stale: 90,
            meanAgeMs: 700,
            oldest: { askedAtMs: 3_050, replacedAtMs: 1_200 },
          },
          {
            view: 'list',
            answers: 150,
            stale: 80,
            meanAgeMs: 600,
            oldest: { askedAtMs: 4_000, replacedAtMs: 2_300 },
          },
        ],
        largestMs: 1_850,
        answers: 450,
        stale: 170,
      },
    },
    race: {
      exhibit,
      data: {
        interleavings: [
          seen('asks, keeps, has written, deletes', false),
          seen('asks, has written, deletes, keeps', true),
          seen('has written, deletes, asks, keeps', false),
        ],
      },
    },
    'delete-first': {
      exhibit,
      data: {
        interleavings: [
          seen('deletes, asks, keeps, has written', true),
          seen('asks, deletes, has written, keeps', true),
          seen('deletes, has written, asks, keeps', false),
        ],
      },
    },
  },
};

function pose(id: string, seed = 7): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(`${id} is no question`);
  const random = createRandom(seed, id);
  if (question.basis === 'seed') return question.pose(school, random);
  return question.pose(run, school, random);
}

/** A question that asks for a set: the texts of what is in it, and of what is not. */
function posedSet(id: string, seed = 7) {
  const { format, text, why } = pose(id, seed);
  if (format.kind !== 'set') throw new Error(`${id} does not ask for a set`);
  const texts = (wanted: boolean) =>
    format.items
      .filter((item) => format.expected.includes(item.id) === wanted)
      .map((item) => item.text);
  return { text, why, format, right: texts(true).sort(), wrong: texts(false).sort() };
}

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

describe('the questions', () => {
  it('Q1: the oldest answer of the run was 1,850 ms old, and was not the last one', () => {
    const { format, text, why } = pose('Q1');
    expect(format).toMatchObject({ kind: 'number', expected: 1_850, tolerance: { relative: 0.1 } });
    expect(text).toContain('- statistics: asked for at 3,050 ms, replaced at 1,200 ms');
    expect(text).not.toContain('detail');
    expect(why).toContain('list 4000 - 2300 = 1700');
  });

  it('Q2: what tells of the subject must go, and nothing else', () => {
    const many = Array.from({ length: 500 }, (_, index) => index);
    const seed = many.find((each) =>
      posedSet('Q2', each).text.includes('PUT /api/v1/subjects/Java/'),
    );
    const { text, right, wrong } = posedSet('Q2', seed);
    const statistics = '/subjects/java/stats/';
    const inStatistics = text.includes('"professor"');
    const always = [
      '/subjects/?search=&page=2&lang=en',
      '/subjects/?search=Jav&page=1&lang=de',
      '/subjects/java/?lang=de',
      '/subjects/java/?lang=en',
    ];
    expect(right).toEqual(inStatistics ? [...always, statistics] : always);
    expect(wrong).toContain('/subjects/javascript/?lang=en');
    expect(wrong).toContain('/subjects/?search=&page=1&lang=en');
  });

  it('Q2: statistics must go where the professor changes, and may stay where the room or the credits do', () => {
    const fields = new Map<string, boolean>();
    for (const seed of seeds) {
      const { text, right, wrong, format } = posedSet('Q2', seed);
      const field = /\{"(\w+)"/.exec(text)?.[1] ?? '';
      const subject = decodeURIComponent(
        /PUT \/api\/v1\/subjects\/([^/]+)\//.exec(text)?.[1] ?? '',
      );
      const statistics = `/subjects/${encodeURIComponent(subject.toLowerCase())}/stats/`;
      expect([...right, ...wrong]).toContain(statistics);
      expect(new Set(format.items.map((item) => item.text)).size).toBe(8);
      fields.set(field, right.includes(statistics));
    }
    expect(Object.fromEntries(fields)).toEqual({ professor: true, room: false, credits: false });
  });

  it('Q3: stale is what was asked for before the write and kept without a delete after that', () => {
    const { right } = posedSet('Q3');
    expect(right).toEqual([
      'asks, deletes, has written, keeps',
      'asks, has written, deletes, keeps',
      'deletes, asks, keeps, has written',
    ]);
    const orders = seeds.map((seed) => JSON.stringify(posedSet('Q3', seed).format.items));
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('are posed alike each time, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ['Q1', 'Q2', 'Q3']) expect(pose(id)).toEqual(pose(id));
    expect(JSON.stringify(run)).toBe(before);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    for (const id of ['Q1', 'Q3']) {
      const question = lab.exercises.find((exercise) => exercise.id === id);
      if (question?.kind !== 'question' || question.basis !== 'run') throw new Error(id);
      const empty = { ...run, experiments: {} };
      expect(() => question.pose(empty, school, createRandom(1))).toThrow('run 4 has no');
    }
  });
});

describe('the predictions', () => {
  const measured = (of: RunRecord) =>
    Object.fromEntries(
      lab.steps.flatMap((step) => (step.kind === 'predict' ? [[step.id, step.measured(of)]] : [])),
    );

  it('are compared with what was measured', () => {
    expect(measured(run)).toEqual({ who: 'everyone', 'how-long': 'ttl', faster: 'ttl-only' });
  });

  it('know a run without stale answers, and one without a difference', () => {
    const bench = run.benches.bench;
    if (bench?.kind !== 'figures') throw new Error('the run has figures');
    const [speedup] = bench.speedups;
    if (!speedup) throw new Error('the run has a speed-up');
    const equal = { ...bench, speedups: [{ ...speedup, ratio: 1.01, differs: false }] };
    const fresh = { views: [], largestMs: 0, answers: 600, stale: 0 };
    const still = { stale: 0, old: 'a', new: 'b', ttlSeconds: 2 };
    expect(
      measured({
        ...run,
        benches: { bench: equal },
        experiments: {
          'four-views': { exhibit, data: still },
          staleness: { exhibit, data: fresh },
        },
      }),
    ).toEqual({ who: 'nobody', 'how-long': 'never', faster: 'equal' });
  });
});

describe('the load', () => {
  it('is one PUT in a hundred requests, each of which changes something', () => {
    const requests = lab.scenario.requests(school);
    const writes = requests.filter(({ method }) => method === 'PUT');
    expect(requests.length / writes.length).toBe(100);
    expect(new Set(writes.map(({ body }) => body)).size).toBe(writes.length);
    expect(writes[0]?.headers).toMatchObject({ authorization: 'Token staff-token-1' });
    expect(requests.some(({ path }) => path.includes('C%23'))).toBe(false);
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
});
