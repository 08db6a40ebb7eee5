import { readFileSync } from 'node:fs';
import { createRandom, type PosedQuestion, type RunRecord, type School } from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import {
  accessLog,
  countEntries,
  countHits,
  type LoggedRequest,
  logLength,
  logTtls,
} from './access-log.ts';
import { spellings } from './experiments.ts';
import lab from './lab.ts';

const seeds = Array.from({ length: 60 }, (_, index) => index * 7_919 + 1);

function pose(id: string, seed = 7): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question' || question.basis !== 'seed') throw new Error(id);
  return question.pose({ seed } as School, createRandom(seed, id));
}

function expectedPairs(id: string, seed?: number): Readonly<Record<string, string>> {
  const { format } = pose(id, seed);
  if (format.kind !== 'match') throw new Error(`${id} is to be matched`);
  return format.expected;
}

/** One thing, asked for at these seconds. */
function logOf(...times: number[]): LoggedRequest[] {
  return times.map((atSeconds) => ({ atSeconds, language: '', address: '/', meaning: 'one' }));
}

const keyOf = ({ meaning }: LoggedRequest) => meaning;

describe('a replay of a log', () => {
  const log = logOf(0, 0.5, 0.9, 1.5, 3, 6, 12, 45);

  it('counts what comes before the end of the TTL, from the last miss', () => {
    // At 1 s: 0 misses, 0.5 and 0.9 hit, 1.5 misses, and so do all the others.
    expect(countHits(log, { ttlSeconds: 1, keyOf })).toBe(2);
    // At 5 s: 0 misses, the next four hit, 6 misses, 12 and 45 do, too.
    expect(countHits(log, { ttlSeconds: 5, keyOf })).toBe(4);
    // At 30 s: only 0 and 45 miss.
    expect(countHits(log, { ttlSeconds: 30, keyOf })).toBe(6);
  });

  it('can be prolonged by hits, which is a mistake', () => {
    expect(countHits(log, { ttlSeconds: 5, keyOf, sliding: true })).toBe(5);
  });

  it('keeps keys apart', () => {
    const mixed = [...logOf(0, 1), { ...(logOf(2)[0] as LoggedRequest), meaning: 'other' }];
    expect(countHits(mixed, { ttlSeconds: 5, keyOf })).toBe(1);
    expect(countEntries(mixed, keyOf)).toBe(2);
    expect(countEntries(mixed, ({ address }) => address)).toBe(1);
  });
});

/** The canonical key of an address, made from what a learner sees. */
function canonical(address: string, language: string): string {
  const { pathname, searchParams } = new URL(address, 'http://school');
  const lang = language === 'de' ? 'de' : 'en';
  if (pathname !== '/subjects/') return `${decodeURIComponent(pathname).toLowerCase()} ${lang}`;
  const page = searchParams.get('page') || '1';
  return JSON.stringify([searchParams.get('search') ?? '', page, lang]);
}

/** The log as it is shown: what a learner can read, and no more. */
function read(text: string): { at: number; language: string; address: string }[] {
  const rows = [...text.matchAll(/^\| (\d+) \| ([\d.]+) \| (\S+) \| `([^`]+)` \|$/gm)];
  return rows.map(([, , at = '', language = '', address = '']) => ({
    at: Number(at),
    language,
    address,
  }));
}

describe('Q1 and Q2, about the access log', () => {
  it('are right for what can be read in the table', () => {
    for (const seed of seeds) {
      const log = read(pose('Q1', seed).text);
      expect(log).toHaveLength(logLength);
      expect(read(pose('Q2', seed).text)).toEqual(log);
      const canonicalKeys = log.map(({ address, language }) => canonical(address, language));
      expect(expectedPairs('Q1', seed)).toEqual({
        a: String(new Set(log.map(({ address }) => address)).size),
        b: String(new Set(canonicalKeys).size),
      });
      const rates = logTtls.map((ttl) => {
        const ends = new Map<string, number>();
        let hits = 0;
        for (const [index, { at }] of log.entries()) {
          const key = canonicalKeys[index] as string;
          if (at < (ends.get(key) ?? 0)) hits += 1;
          else ends.set(key, at + ttl);
        }
        return [`${ttl}s`, String(hits * 4)];
      });
      expect(expectedPairs('Q2', seed)).toEqual(Object.fromEntries(rates));
    }
  });

  it('offer the right answers among plausible wrong ones', () => {
    for (const seed of seeds) {
      for (const id of ['Q1', 'Q2']) {
        const { format } = pose(id, seed);
        if (format.kind !== 'match') throw new Error(`${id} is to be matched`);
        const places = format.places.map((place) => Number(place.id));
        expect(places).toEqual([...places].sort((one, other) => one - other));
        expect(places).toHaveLength(8);
        for (const right of Object.values(format.expected)) expect(places).toContain(Number(right));
      }
    }
  });

  it('differ from learner to learner', () => {
    for (const id of ['Q1', 'Q2']) {
      const answers = seeds.map((seed) => JSON.stringify(expectedPairs(id, seed)));
      expect(new Set(answers).size).toBeGreaterThan(10);
    }
  });

  it('are the same for whoever counts the very end of a TTL in or out', () => {
    for (const seed of seeds) {
      const log = accessLog(seed);
      for (const ttlSeconds of logTtls) {
        const hits = countHits(log, { ttlSeconds, keyOf });
        expect(countHits(log, { ttlSeconds: ttlSeconds - 0.15, keyOf })).toBe(hits);
        expect(countHits(log, { ttlSeconds: ttlSeconds + 0.15, keyOf })).toBe(hits);
      }
    }
  });
});

describe('Q3, the collision', () => {
  it('has exactly one pair with one key', () => {
    for (const seed of seeds) {
      const { format } = pose('Q3', seed);
      if (format.kind !== 'set') throw new Error('Q3 asks for a set');
      const keys = new Map<string, string[]>();
      for (const { id, text } of format.items) {
        const key = text.replace(/^student (\d+), page (\d+)$/, '$1$2');
        expect(key).toMatch(/^\d{3}$/);
        keys.set(key, [...(keys.get(key) ?? []), id]);
      }
      const shared = [...keys.values()].filter((ids) => ids.length > 1);
      expect(shared).toEqual([format.expected]);
    }
  });
});

it('poses each question alike, each time', () => {
  for (const id of ['Q1', 'Q2', 'Q3']) expect(pose(id, 41)).toEqual(pose(id, 41));
});

const run: RunRecord = {
  id: 3,
  lab: 2,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'a thousand links',
      options: { rounds: 5, durationSeconds: 2, connections: 8, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: (['url', 'canonical'] as const).map((variant) => ({
        variant,
        label: variant,
        throughput: 300,
        latency: { meanMs: 25, p50Ms: 25, p90Ms: 30, p95Ms: 30, p99Ms: 31, maxMs: 40 },
        sent: 3_000,
        answered: 2_992,
        originCalls: variant === 'url' ? 2_625 : 80,
        hitRate: variant === 'url' ? 0.125 : 0.973,
        cpuMsPer1000Requests: undefined,
        memoryBytes: undefined,
        failed: 0,
      })),
      speedups: [
        {
          variant: 'canonical',
          baseline: 'url',
          ratio: 30,
          interval: { low: 28, high: 32, level: 0.95 },
          differs: true,
        },
      ],
      measurements: [],
    },
  },
  experiments: {
    'by-hand': { exhibit: { kind: 'timeline', moments: [] }, data: { asked: 8, calls: 8 } },
    'two-languages': {
      exhibit: { kind: 'timeline', moments: [] },
      data: { english: 50, german: 50, calls: 1 },
    },
    'three-ttls': {
      exhibit: { kind: 'timeline', moments: [] },
      data: {
        results: [
          { ttlSeconds: 1, requests: 14, calls: 4, old: 3, newAfterSeconds: 1.2 },
          { ttlSeconds: 2, requests: 14, calls: 2, old: 6, newAfterSeconds: 2.1 },
          { ttlSeconds: 60, requests: 14, calls: 1, old: 13 },
        ],
      },
    },
  },
};

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
      spellings: 8,
      language: 'german',
      noise: 12.5,
      longer: 3,
    });
  });

  it('shows hit rates as they follow from the calls', () => {
    const values = lab.steps.find(({ id }) => id === 'price-of-a-ttl')?.values?.(run);
    // 10 of 14 and 13 of 14.
    expect(values).toMatchObject({ 'short-rate': 71, 'long-rate': 93, saved: 3, times: 60 });
  });

  it('lists the requests that the experiment sends', () => {
    const listed = sections.get('spellings')?.match(/^ {4}\S+$/gm);
    expect(listed?.map((line) => line.trim())).toEqual(spellings);
  });
});

it('sends a thousand different links that ask for one list', () => {
  const paths = lab.scenario.requests({} as School).map(({ path }) => path);
  expect(new Set(paths).size).toBe(1000);
  expect(new Set(paths.map((path) => canonical(path.replace('/api/v1', ''), '')))).toEqual(
    new Set(['["Art","1","en"]']),
  );
});
