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

const subjects = ['C#', 'Logic', 'Dance', 'Botany', 'Ecology', 'Music'].map((name) => ({ name }));
const school = { subjects, awkwardSubjects: [{ name: 'C#' }] } as unknown as School;

function variant(name: string, p50Ms: number): VariantSummary {
  return {
    variant: name,
    label: name,
    throughput: 1000 / p50Ms,
    latency: { meanMs: p50Ms, p50Ms, p90Ms: 1, p95Ms: 1, p99Ms: 2, maxMs: 40 },
    sent: 1000,
    answered: 1000,
    originCalls: 0,
    hitRate: 1,
    cpuMsPer1000Requests: undefined,
    memoryBytes: undefined,
    failed: 0,
  };
}

const shared = { calls: 3, stale: [], callsAfterRestart: 0 };

/** A machine with Redis: a hit takes 0.2 ms, 0.5 ms and 0.6 ms; clients waited for Redis; the PUT went through b. */
const run: RunRecord = {
  id: 3,
  lab: 5,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/subjects/Logic/stats/, hits only',
      options: { rounds: 5, durationSeconds: 2, connections: 1, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [variant('memory', 0.2), variant('file', 0.5), variant('redis', 0.6)],
      speedups: [],
      measurements: [],
    },
  },
  experiments: {
    'two-instances': {
      exhibit: { kind: 'timeline', moments: [] },
      data: {
        subjects: 3,
        rounds: 2,
        writer: 'b',
        originMs: 27.4,
        sharing: {
          none: { calls: 12, stale: [], callsAfterRestart: 3 },
          memory: { calls: 6, stale: ['a'], callsAfterRestart: 3 },
          file: shared,
          redis: shared,
        },
      },
    },
    'redis-goes': {
      exhibit: { kind: 'timeline', moments: [] },
      data: {
        kill: { waitedMs: 1_504, calls: 0 },
        freeze: { waitedMs: 1_501, calls: 0 },
      },
    },
  },
};

/** The same on a machine without Redis. */
const withoutRedis: RunRecord = {
  ...run,
  benches: Object.fromEntries(
    Object.entries(run.benches).map(([step, report]) => [
      step,
      report.kind === 'figures' ? { ...report, variants: report.variants.slice(0, 2) } : report,
    ]),
  ),
  experiments: Object.fromEntries(
    Object.entries(run.experiments).map(([step, { exhibit, data }]) => {
      const { redis: _, ...others } = (data.sharing ?? {}) as Record<string, unknown>;
      return [step, { exhibit, data: data.sharing ? { ...data, sharing: others } : {} }];
    }),
  ),
};

function pose(id: string, seed = 7, from = run): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(`${id} is no question`);
  const random = createRandom(seed, id);
  if (question.basis === 'seed') return question.pose(school, random);
  return question.pose(from, school, random);
}

const seeds = Array.from({ length: 12 }, (_, index) => index + 1);

describe('the questions', () => {
  it('Q1: with memory each instance pays its 3 calls, with a shared store all pay 3 together', () => {
    for (const seed of seeds) {
      const { text, format } = pose('Q1', seed);
      const [, instances] = /Imagine \*\*(\d+) instances/.exec(text) ?? [];
      expect(format).toMatchObject({ kind: 'number', tolerance: { absolute: 0 } });
      // 3 calls of each instance but one are saved.
      expect(format).toHaveProperty('expected', 3 * (Number(instances) - 1));
    }
    expect(pose('Q1').text).toContain('**6 calls**');
  });

  it('Q2: only the instance that did not get the PUT is stale, and only with memory', () => {
    const { format, text } = pose('Q2');
    expect(text).toContain('**instance b**');
    if (format.kind !== 'set') throw new Error('Q2 asks for a set');
    expect(format.expected).toEqual(['ma']);
    expect(format.items.map(({ id }) => id)).toEqual(['ma', 'mb', 'fa', 'fb', 'ra', 'rb']);
  });

  it('Q2 names no backend that the machine lacks', () => {
    const { format } = pose('Q2', 7, withoutRedis);
    if (format.kind !== 'set') throw new Error('Q2 asks for a set');
    expect(format.items.map(({ id }) => id)).toEqual(['ma', 'mb', 'fa', 'fb']);
    expect(format.expected).toEqual(['ma']);
  });

  it('Q3: every first line of a for a subject is a miss, and all others are hits', () => {
    for (const seed of seeds) {
      const { text, format } = pose('Q3', seed);
      const log = [...text.matchAll(/^ {4}([\d.]+) s {3}([ab]) {3}(.+)$/gm)];
      const missed = new Set<string>();
      let hits = 0;
      for (const [, , instance, name = ''] of log) {
        if (instance === 'b' || missed.has(name)) hits += 1;
        else missed.add(name);
      }
      if (format.kind !== 'number') throw new Error('Q3 asks for a number');
      expect(format.expected).toBeCloseTo(hits / log.length, 10);
      const times = log.map(([, seconds]) => Number(seconds));
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(Math.max(...times)).toBeLessThan(5);
      // A line that is asked for again by a makes it more than counting names.
      expect(hits).toBeGreaterThan(log.length / 2);
    }
  });

  it('Q4: six situations, six backends, in an order of the seed', () => {
    const { format } = pose('Q4');
    if (format.kind !== 'match') throw new Error('Q4 is to be matched');
    const placeOf = (words: string) =>
      format.expected[format.items.find(({ text }) => text.includes(words))?.id ?? ''];
    expect(placeOf('see each change at once')).toBe('dummy');
    expect(placeOf('A test run')).toBe('locmem');
    expect(placeOf('four worker processes')).toBe('filebased');
    expect(placeOf('PostgreSQL')).toBe('db');
    expect(placeOf('nothing more')).toBe('memcached');
    expect(placeOf('counters')).toBe('redis');
    expect(format.places.map(({ id }) => id).sort()).toEqual(Object.values(format.expected).sort());
    expect(new Set(seeds.map((seed) => JSON.stringify(pose('Q4', seed)))).size).toBeGreaterThan(1);
  });

  it('are posed alike each time, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ['Q1', 'Q2', 'Q3', 'Q4']) expect(pose(id)).toEqual(pose(id));
    expect(JSON.stringify(run)).toBe(before);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    const empty = { ...run, benches: {}, experiments: {} };
    for (const id of ['Q1', 'Q2']) expect(() => pose(id, 7, empty)).toThrow('run 3 has no');
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
  const valuesOf = (id: string, from: RunRecord) =>
    lab.steps.find((step) => step.id === id)?.values?.(from) ?? {};

  it.each([
    ['with Redis', run],
    ['without', withoutRedis],
  ])('has a text for each step, with a figure for each gap, on a machine %s', (_, record) => {
    expect([...sections.keys()]).toEqual(lab.steps.map(({ id }) => id));
    for (const step of lab.steps) {
      const gaps = [...(sections.get(step.id) ?? '').matchAll(/\{\{([^}]+)\}\}/g)];
      const values: Record<string, unknown> = step.values?.(record) ?? {};
      for (const [, name = ''] of gaps) expect(values, step.id).toHaveProperty([name]);
    }
  });

  it('says of Redis what was seen, or that it is not judged here', () => {
    expect(valuesOf('a-cache-that-stops-you', run)).toEqual({
      killed:
        'While Redis was **dead**, the client had no answer after 1.5 s, and nobody asked the origin.',
      frozen:
        'While Redis was **frozen**, the client had no answer after 1.5 s, and nobody asked the origin.',
    });
    expect(valuesOf('four-backends', run)).toMatchObject({
      'memory-hit': '0.20 ms',
      'redis-hit': '0.60 ms',
      'redis-calls': '3 calls, all machines',
      'redis-after': 'all of it',
      'redis-fails': 'requests wait for it',
    });
    expect(valuesOf('four-backends', withoutRedis)).toMatchObject({
      'redis-hit': 'not judged here',
      'redis-calls': 'not judged here',
      'redis-after': 'not judged here',
      'redis-fails': 'not judged here',
    });
    expect(valuesOf('a-cache-that-stops-you', withoutRedis).killed).toMatch(
      /not judged here.*apt install redis-server/,
    );
  });

  it('compares predictions with what was measured, where it was', () => {
    const measured = (record: RunRecord) =>
      Object.fromEntries(
        lab.steps.flatMap((step) =>
          step.kind === 'predict' ? [[step.id, step.measured(record)]] : [],
        ),
      );
    expect(measured(run)).toEqual({ calls: 6, 'hit-cost': 'slower', 'redis-away': 'waits' });
    expect(measured(withoutRedis)).toEqual({ calls: 6 });
  });
});
