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

const school = { subjects: [{ name: 'C#' }, { name: 'Logic' }], awkwardSubjects: [{ name: 'C#' }] };

function variant(name: string, figures: Partial<VariantSummary>, meanMs: number): VariantSummary {
  return {
    variant: name,
    label: `cache ${name}`,
    throughput: 0,
    latency: { meanMs, p50Ms: 0.5, p90Ms: 1, p95Ms: 1, p99Ms: 2, maxMs: 40 },
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

/** 5 rounds of 2 s: 40,000 requests with 100 misses, and 20 clients that waited 40 ms each without a cache. */
const run: RunRecord = {
  id: 3,
  lab: 1,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/subjects/Logic/stats/',
      options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [
        variant('off', { throughput: 498.6, sent: 5_006, answered: 4_986, originCalls: 5_006 }, 40),
        variant('on', { throughput: 3_998, sent: 40_000, originCalls: 100, hitRate: 0.9975 }, 4.9),
      ],
      speedups: [
        {
          variant: 'on',
          baseline: 'off',
          ratio: 8.02,
          interval: { low: 7.8, high: 8.25, level: 0.95 },
          differs: true,
        },
      ],
      measurements: [],
    },
  },
  experiments: {
    'by-hand': {
      exhibit: { kind: 'timeline', moments: [] },
      data: {
        ms: { off: 28, first: 29, second: 0.9 },
        key: 'subject-stats:Logic',
        ttlSeconds: 2,
        logged: {
          backend: '{"answersAreIn":"memory"}',
          miss: '{"lookedFor":"subject-stats:Logic","found":false}',
          fill: '{"keptAs":"subject-stats:Logic","forSeconds":2}',
          hit: '{"lookedFor":"subject-stats:Logic","found":true}',
        },
      },
    },
  },
};

function pose(id: string, seed = 7): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(`${id} is no question`);
  const random = createRandom(seed, id);
  if (question.basis === 'seed') return question.pose(school as unknown as School, random);
  return question.pose(run, school as unknown as School, random);
}

describe('the questions', () => {
  it('Q1: 100 misses in 40,000 requests are a hit rate of 0.9975', () => {
    const { format, why } = pose('Q1');
    expect(format).toEqual({ kind: 'number', expected: 0.9975, tolerance: { absolute: 0.005 } });
    expect(why).toContain('1 - 100 / 40,000 = 0.9975');
  });

  it('Q2: 20 clients that wait 40 ms each get 500 answers a second', () => {
    const { format, text } = pose('Q2');
    expect(format).toMatchObject({ kind: 'number', expected: 500, tolerance: { relative: 0.15 } });
    expect(text).toContain('**20 clients** waited **40.0 ms**');
  });

  it('Q4: each piece of the log has its word, in an order of the seed', () => {
    const { format } = pose('Q4');
    if (format.kind !== 'match') throw new Error('Q4 is to be matched');
    const wordOf = (text: string) =>
      format.expected[format.items.find((item) => item.text.includes(text))?.id ?? ''];
    expect(wordOf('"found":false')).toBe('miss');
    expect(wordOf('"found":true')).toBe('hit');
    expect(wordOf('"keptAs"')).toBe('fill');
    expect(wordOf('"answersAreIn"')).toBe('backend');
    expect(wordOf('"subject-stats:Logic" in three')).toBe('key');
    expect(wordOf('2 after')).toBe('ttl');
    expect(format.places.map(({ id }) => id).sort()).toEqual(Object.values(format.expected).sort());
    const orders = [1, 2, 3, 4, 5].map((seed) => JSON.stringify(pose('Q4', seed).format));
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('are posed alike each time, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ['Q1', 'Q2', 'Q3', 'Q4']) expect(pose(id)).toEqual(pose(id));
    expect(JSON.stringify(run)).toBe(before);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    for (const id of ['Q1', 'Q2', 'Q4']) {
      const question = lab.exercises.find((exercise) => exercise.id === id);
      if (question?.kind !== 'question' || question.basis !== 'run') throw new Error(id);
      const empty = { ...run, benches: {}, experiments: {} };
      const random = createRandom(1);
      expect(() => question.pose(empty, school as unknown as School, random)).toThrow(
        'run 3 has no',
      );
    }
  });
});

/**
 * Clients of a closed loop in front of plain cache-aside; gives the calls to the origin. A hit takes 5 ms and a call
 * what `callMs` says.
 */
function simulate(clients: number, seconds: number, ttl: number, callMs: () => number): number {
  const nextMs = new Array<number>(clients).fill(0);
  const loading = new Array<boolean>(clients).fill(false);
  let entryEndsMs = 0;
  let calls = 0;
  for (;;) {
    const nowMs = Math.min(...nextMs);
    if (nowMs >= seconds * 1000) return calls;
    const client = nextMs.indexOf(nowMs);
    if (loading[client]) entryEndsMs = nowMs + ttl * 1000;
    const misses = nowMs >= entryEndsMs;
    loading[client] = misses;
    if (misses) calls += 1;
    nextMs[client] = nowMs + (misses ? callMs() : 5);
  }
}

describe('Q3, the most calls that can reach the origin', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const asked = (seed: number) => {
    const { format, text } = pose('Q3', seed);
    if (format.kind !== 'number') throw new Error('Q3 asks for a number');
    expect(format.tolerance).toEqual({ absolute: 0 });
    const [clients = 0, seconds = 0, ttl = 0] = [...text.matchAll(/\*\*(\d+) /g)].map((match) =>
      Number(match[1]),
    );
    return { clients, seconds, ttl, most: format.expected };
  };

  it('is reached when every client misses in every gap', () => {
    for (const seed of seeds) {
      const { clients, seconds, ttl, most } = asked(seed);
      expect(simulate(clients, seconds, ttl, () => 25)).toBe(most);
    }
  });

  it('is never exceeded, however long the calls take', () => {
    for (const seed of seeds) {
      const { clients, seconds, ttl, most } = asked(seed);
      const random = createRandom(seed, 'calls');
      expect(simulate(clients, seconds, ttl, () => random.integer(1, 25))).toBeLessThanOrEqual(
        most,
      );
      expect(simulate(clients, seconds, ttl, () => random.integer(1, 900))).toBeLessThanOrEqual(
        most,
      );
    }
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
    expect(Object.fromEntries(measured)).toEqual({ throughput: 499, 'speed-up': 8, first: 'slow' });
  });

  it('asks for a subject with a plain name', () => {
    expect(lab.scenario.title(school as unknown as School)).toBe(
      'GET /api/v1/subjects/Logic/stats/',
    );
  });
});
