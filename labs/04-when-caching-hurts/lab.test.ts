import { readFileSync } from 'node:fs';
import {
  createRandom,
  type PosedQuestion,
  type RunRecord,
  type School,
  type VariantSummary,
} from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import { decide, drawEndpoints, perFill } from './endpoints.ts';
import lab from './lab.ts';

const school = {} as School;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function variant(name: string, throughput: number, cpu: number): VariantSummary {
  return {
    variant: name,
    label: name,
    throughput,
    latency: { meanMs: 10, p50Ms: 9, p90Ms: 12, p95Ms: 14, p99Ms: 20, maxMs: 40 },
    sent: 1000,
    answered: 1000,
    originCalls: 0,
    hitRate: 1,
    cpuMsPer1000Requests: cpu,
    memoryBytes: 80_000_000,
    failed: 0,
  };
}

function speedup(name: string, ratio: number) {
  const interval = { low: ratio * 0.9, high: ratio * 1.1, level: 0.95 };
  return { variant: name, baseline: 'plain', ratio, interval, differs: true };
}

const exhibit = { kind: 'timeline', moments: [] } as const;
const letters = { ms: { off: 7, hit: 2.5, miss: 9 }, isCpu: true, entryKB: 700, textKB: 330 };

const run: RunRecord = {
  id: 3,
  lab: 4,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/announcements/',
      options: { rounds: 5, durationSeconds: 2, connections: 10, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [
        variant('plain', 600, 1_500.4),
        variant('copied', 300, 2_300),
        variant('repaired', 1_500, 700),
      ],
      speedups: [speedup('copied', 0.5), speedup('repaired', 2.5)],
      measurements: [],
    },
  },
  experiments: {
    seats: { exhibit, data: { free: { start: 12, told: 12, truth: 0 } } },
    full: { exhibit, data: { failed: 450, asked: 240, hits: 0, wasted: 690 } },
    letters: { exhibit, data: letters },
  },
};

function pose(id: string, seed = 7, record = run): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(`${id} is no question`);
  const random = createRandom(seed, id);
  if (question.basis === 'seed') return question.pose(school, random);
  return question.pose(record, school, random);
}

function withLetters(change: Partial<typeof letters>): RunRecord {
  const data = { ...letters, ...change };
  return { ...run, experiments: { ...run.experiments, letters: { exhibit, data } } };
}

describe('Q1, the hit rate of the break-even', () => {
  it('is the loss of a miss, over all that lies between a miss and a hit', () => {
    const { format, why } = pose('Q1');
    // 4 hits at 2.5 ms and 9 misses at 9 ms take 91 ms, as 13 requests at 7 ms do.
    expect(format).toEqual({ kind: 'number', expected: 4 / 13, tolerance: { relative: 0.2 } });
    expect(why).toContain('(9 - 7) / (9 - 2.5) = 0.31');
  });

  it('is above 1 where even a hit costs more than no cache', () => {
    const { format } = pose('Q1', 7, withLetters({ ms: { off: 2, hit: 3, miss: 5 } }));
    expect(format).toMatchObject({ expected: 1.5 });
  });

  it('is 0, with a little room, where a miss does not show what it costs', () => {
    const { format } = pose('Q1', 7, withLetters({ ms: { off: 7, hit: 2.5, miss: 6.9 } }));
    expect(format).toMatchObject({ expected: 0, tolerance: { absolute: 0.02 } });
  });
});

it('Q2: different addresses of the minute, 1,440 times a day, 700 kB each', () => {
  for (const seed of seeds) {
    const { text, format } = pose('Q2', seed);
    const lines = text.split('\n').filter((line) => line.startsWith('    GET '));
    const different = new Set(lines).size;
    expect(lines.length).toBeGreaterThan(different);
    if (format.kind !== 'number') throw new Error('Q2 asks for a number');
    expect(format.expected).toBeCloseTo(different * 1.008, 9);
  }
});

describe('Q3, the eight endpoints', () => {
  /** Works each line out anew, from what the learner reads. */
  function workOut(line: string): string {
    const figure = (pattern: RegExp) => Number(pattern.exec(line)?.[1]?.replaceAll(',', ''));
    const old = figure(/may be (\d+) s old/);
    const fills = (figure(/: (\d+) reads/) / figure(/of ([\d,]+) answer/)) * old;
    if (old === 0) return 'never-old';
    if (figure(/, ([\d.]+) ms/) <= 0.1) return 'never-cheap';
    if (fills < 2) return 'never-reuse';
    return old <= 5 ? 'short' : 'cache';
  }

  it('are placed by what stands in their lines', () => {
    for (const seed of seeds) {
      const { format } = pose('Q3', seed);
      if (format.kind !== 'match') throw new Error('Q3 is to be matched');
      expect(format.items).toHaveLength(8);
      for (const { id, text } of format.items) expect(format.expected[id]).toBe(workOut(text));
      const used = new Set(Object.values(format.expected));
      expect([...used].sort()).toEqual(format.places.map(({ id }) => id).sort());
    }
  });

  it('are far from the limit between few and many repeats', () => {
    for (const seed of seeds) {
      for (const endpoint of drawEndpoints(createRandom(seed))) {
        const { place } = decide(endpoint);
        if (place === 'never-reuse') expect(perFill(endpoint)).toBeLessThan(0.5);
        if (place === 'short' || place === 'cache') expect(perFill(endpoint)).toBeGreaterThan(10);
      }
    }
  });

  it('tell the number that decides', () => {
    const seats = { what: 'seats', reads: 90, writes: 8, costMs: 4, answers: 9, isPrivate: false };
    expect(decide({ ...seats, oldSeconds: 0 }).because).toBe('it may be 0 s old');
    expect(decide({ ...seats, oldSeconds: 3, costMs: 0.02 }).because).toBe('it costs 0.02 ms');
    expect(decide({ ...seats, oldSeconds: 3 }).because).toBe(
      '30 requests for each fill, and a TTL of 3 s',
    );
    expect(decide({ ...seats, oldSeconds: 3, answers: 9_000 })).toEqual({
      place: 'never-reuse',
      because: '0.03 requests for each fill',
    });
  });
});

describe('all questions', () => {
  it('are posed alike each time, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ['Q1', 'Q2', 'Q3']) expect(pose(id)).toEqual(pose(id));
    expect(JSON.stringify(run)).toBe(before);
    expect(pose('Q3', 1).text).toBe(pose('Q3', 2).text);
    expect(pose('Q3', 1).format).not.toEqual(pose('Q3', 2).format);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    const empty = { ...run, experiments: {} };
    for (const id of ['Q1', 'Q2']) {
      expect(() => pose(id, 7, empty)).toThrow('run 3 has no experiment letters');
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
  const valuesOf = (id: string, record: RunRecord) =>
    lab.steps.find((step) => step.id === id)?.values?.(record) ?? {};

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
      'last-seat': 'as-before',
      'five-hundred': 450,
      copied: 0.5,
    });
  });

  it('claims no more than the run shows', () => {
    expect(valuesOf('price', run).miss).toBe('A miss cost **2.0 ms more** than no cache');
    const blurred = withLetters({ ms: { off: 7, hit: 2.5, miss: 6.9 } });
    expect(valuesOf('price', blurred).miss).toContain('your run does not show it');
    expect(valuesOf('the-copy', run).finding).toContain('made its route slower');
    const { bench } = run.benches;
    if (bench?.kind !== 'figures') throw new Error('there are figures');
    const speedups = [{ ...speedup('copied', 0.9), differs: false }];
    const unclear = { ...run, benches: { bench: { ...bench, speedups } } };
    expect(valuesOf('the-copy', unclear).finding).toContain('too busy');
    expect(valuesOf('the-copy', run)['plain-cpu']).toBe('1,500 ms');
  });
});
