import { readFileSync } from 'node:fs';
import { createRandom, type PosedQuestion, type RunRecord, type School } from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import type { Scene } from './experiments.ts';
import lab from './lab.ts';

const school = { subjects: [{ name: 'C#' }, { name: 'Logic' }], awkwardSubjects: [{ name: 'C#' }] };

/** Requests, calls, and answers of 200, 404 and 5xx. */
function scene(requests: number, calls: number, [good, notFound, failed]: number[]): Scene {
  return {
    requests,
    calls,
    good: good ?? 0,
    notFound: notFound ?? 0,
    failed: failed ?? 0,
    slowestMs: 10 * calls,
  };
}

function variant(name: string, originCalls: number, sent: number) {
  return {
    variant: name,
    label: name,
    throughput: sent / 10,
    latency: { meanMs: 3, p50Ms: 2, p90Ms: 5, p95Ms: 6, p99Ms: 9, maxMs: 400 },
    sent,
    answered: sent,
    originCalls,
    hitRate: 1 - originCalls / sent,
    cpuMsPer1000Requests: undefined,
    memoryBytes: undefined,
    failed: 0,
  };
}

const experiment = (data: object) => ({
  exhibit: { kind: 'timeline', moments: [] } as const,
  data: { ...data },
});

/** 5 rounds of 2 s: 500 calls of a plain server, and 10 of one with single flight. */
const run: RunRecord = {
  id: 3,
  lab: 8,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/subjects/Logic/stats/',
      options: { rounds: 5, durationSeconds: 2, connections: 50, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [variant('plain', 500, 100_000), variant('single-flight', 10, 110_000)],
      speedups: [
        {
          variant: 'single-flight',
          baseline: 'plain',
          ratio: 1.1,
          interval: { low: 0.95, high: 1.27, level: 0.95 },
          differs: false,
        },
      ],
      measurements: [],
    },
  },
  experiments: {
    burst: experiment(scene(50, 50, [50])),
    storm: experiment({ ...scene(120, 120, [0, 120]), names: 6 }),
    outage: experiment({
      first: scene(50, 50, [0, 0, 50]),
      again: scene(50, 49, [0, 0, 50]),
      after: scene(1, 1, [1]),
    }),
    after: experiment({
      burst: scene(50, 1, [50]),
      storm: scene(120, 6, [0, 120]),
      first: scene(50, 1, [50]),
      again: scene(50, 1, [50]),
      after: scene(1, 1, [1]),
      staleRecords: 100,
    }),
  },
};

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const ids = ['Q1', 'Q2', 'Q3', 'Q4'];

function pose(id: string, seed = 7, of: RunRecord = run): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question' || question.basis !== 'run') throw new Error(id);
  return question.pose(of, school as unknown as School, createRandom(seed, id));
}

describe('the questions', () => {
  it('Q1: plain costs a call for each client, single flight one for each process, a good entry none', () => {
    for (const seed of seeds) {
      const { format } = pose('Q1', seed);
      if (format.kind !== 'match') throw new Error('Q1 is to be matched');
      const placeOf = (text: string) =>
        format.expected[format.items.find((item) => item.text.includes(text))?.id ?? ''];
      const several = format.items.find(({ text }) => text.endsWith(', and single flight'));
      const processes = /^(\d+) processes/.exec(several?.text ?? '')?.[1];
      expect(placeOf(', and plain cache-aside')).toBe('50');
      expect(placeOf(', and single flight')).toBe(processes);
      expect(placeOf('one process with single flight')).toBe('1');
      expect(placeOf('still good')).toBe('0');
      const places = format.places.map(({ id }) => id);
      expect(places).toEqual(['0', '1', processes, '50', `${50 * Number(processes)}`]);
    }
  });

  it('Q2: 10 calls in place of 500 save 98 %', () => {
    const { format, why } = pose('Q2');
    expect(format).toEqual({
      kind: 'number',
      expected: 98,
      unit: '%',
      tolerance: { absolute: 1 },
    });
    expect(why).toContain('100 x (1 - 10 / 500) = 98.0 %');
  });

  it('Q3: one call for each name in each negative TTL', () => {
    for (const seed of seeds) {
      const { format, text } = pose('Q3', seed);
      if (format.kind !== 'number') throw new Error('Q3 asks for a number');
      const [, minutes = 0] = (/\*\*(\d+) minutes/.exec(text) ?? []).map(Number);
      const [, ttl = 0] = (/\*\*(\d+) s\*\*/.exec(text) ?? []).map(Number);
      expect(format.expected).toBe(mostCalls(6, minutes * 60, ttl));
      expect(format.tolerance).toEqual({ absolute: 0 });
    }
  });

  it('Q4: three reasons of six, whatever their order', () => {
    for (const seed of seeds) {
      const { format, text } = pose('Q4', seed);
      if (format.kind !== 'set') throw new Error('Q4 asks for a set');
      const chosen = format.items.filter(({ id }) => format.expected.includes(id));
      expect(chosen.map(({ text: reason }) => reason.slice(0, 12)).sort()).toEqual([
        'A failure ta',
        'Of all who f',
        'Who gets an ',
      ]);
      expect(text).toContain('**99 calls** and 100 errors');
      expect(text).toContain('**2 calls** and 0 errors');
    }
  });

  it('are posed alike each time, differently for other seeds, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ids) expect(pose(id)).toEqual(pose(id));
    for (const id of ['Q1', 'Q3', 'Q4']) {
      const all = seeds.map((seed) => JSON.stringify(pose(id, seed)));
      expect(new Set(all).size).toBeGreaterThan(1);
    }
    expect(JSON.stringify(run)).toBe(before);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    const empty = { ...run, benches: {}, experiments: {} };
    for (const id of ids) expect(() => pose(id, 7, empty)).toThrow('run 3 has no');
  });
});

/** Each name is asked for all the time; a call is made whenever its 404 has expired. */
function mostCalls(names: number, seconds: number, ttl: number): number {
  let calls = 0;
  let endsAt = 0;
  for (let now = 0; now < seconds; now += 1) {
    if (now < endsAt) continue;
    calls += names;
    endsAt = now + ttl;
  }
  return calls;
}

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

  it('compares before with after', () => {
    const step = lab.steps.find(({ id }) => id === 'before-and-after');
    expect(step?.values?.(run)).toMatchObject({
      'expiry-before': 50,
      'expiry-after': 1,
      'storm-before': 120,
      'storm-after': 6,
      'outage-before': 99,
      'outage-after': 2,
      'errors-before': 100,
      'errors-after': 0,
      'stale-records': 100,
    });
  });

  it('compares predictions with what was measured', () => {
    const measured = lab.steps.flatMap((step) =>
      step.kind === 'predict' ? [[step.id, step.measured(run)]] : [],
    );
    expect(Object.fromEntries(measured)).toEqual({ calls: 50, slowest: 500, missing: 120 });
  });
});
