import { readFileSync } from 'node:fs';
import {
  createRandom,
  type LogLevel,
  logLevels,
  type PosedQuestion,
  type RunRecord,
  type School,
} from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import lab from './lab.ts';
import { levelsFrom, levelsOf } from './scene.ts';
import { kinds, trafficOf } from './traffic.ts';
import type { Lines, Wave } from './waves.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

/** What the traffic writes when nothing is held back: 570 lines. */
const all: Lines = { trace: 150, debug: 240, info: 160, warn: 12, error: 5, fatal: 3 };

/** These lines, as far as they reach a level. */
function from(least: LogLevel): Lines {
  const kept = logLevels.slice(logLevels.indexOf(least));
  return Object.fromEntries(
    logLevels.map((level) => [level, kept.includes(level) ? all[level] : 0]),
  ) as Lines;
}

const none: Lines = { trace: 0, debug: 0, info: 0, warn: 0, error: 0, fatal: 0 };

function wave(level: LogLevel, secondFile: Lines = none): Wave {
  const lines = from(level);
  const count = Object.values(lines).reduce((sum, each) => sum + each, 0);
  return { level, lines, bytes: 200 * count, secondFile };
}

const experiment = (waves: readonly Wave[]) => ({
  exhibit: { kind: 'timeline', moments: [] } as const,
  data: { requests: 60, waves },
});

function variant(name: string, throughput: number, logBytesPerRequest: number) {
  return {
    variant: name,
    label: name,
    throughput,
    latency: { meanMs: 3, p50Ms: 2, p90Ms: 5, p95Ms: 6, p99Ms: 9, maxMs: 40 },
    sent: throughput * 10,
    answered: throughput * 10,
    originCalls: 0,
    hitRate: 1,
    cpuMsPer1000Requests: undefined,
    memoryBytes: undefined,
    logBytesPerRequest,
    failed: 0,
  };
}

const speedup = (name: string, ratio: number) => ({
  variant: name,
  baseline: 'warn',
  ratio,
  interval: { low: ratio - 0.05, high: ratio + 0.05, level: 0.95 },
  differs: true,
});

const run: RunRecord = {
  id: 3,
  lab: 9,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/subjects/Logic/stats/',
      options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [
        variant('warn', 30_000, 0),
        variant('info', 15_000, 500),
        variant('debug', 9_000, 2_000),
      ],
      speedups: [speedup('info', 0.5), speedup('debug', 0.3)],
      measurements: [],
    },
  },
  experiments: {
    'six-levels': experiment(logLevels.map((level) => wave(level))),
    'two-gates': experiment([
      wave('debug', from('warn')),
      wave('warn', from('warn')),
      wave('error', from('error')),
    ]),
  },
};

function pose(id: string, seed = 7, of: RunRecord = run): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(id);
  const random = createRandom(seed, id);
  const school = { seed } as School;
  return question.basis === 'run'
    ? question.pose(of, school, random)
    : question.pose(school, random);
}

/** The places of a question to be matched, by the text of the item. */
function placesOf({ format }: PosedQuestion): Map<string, string> {
  if (format.kind !== 'match') throw new Error('it is to be matched');
  return new Map(format.items.map(({ id, text }) => [text, format.expected[id] ?? '']));
}

describe('the questions', () => {
  it('Q1: twenty lines of each sixty requests at warn, 420 at debug', () => {
    for (const seed of seeds) {
      const { format, text } = pose('Q1', seed);
      if (format.kind !== 'number') throw new Error('Q1 asks for a number');
      const [, times = 0] = (/\*\*(\d+) times a minute/.exec(text) ?? []).map(Number);
      const [, minutes = 0] = (/\*\*(\d+) minutes\*\*/.exec(text) ?? []).map(Number);
      let lines = 0;
      for (let minute = 0; minute < 60; minute += 1) {
        lines += times * (minute < minutes ? 240 + 160 + 12 + 5 + 3 : 12 + 5 + 3);
      }
      expect(format.expected).toBe(lines);
      expect(format.tolerance).toEqual({ absolute: 0 });
    }
  });

  it('Q2: the higher of two levels decides', () => {
    const right: Record<string, string> = {
      'logger at debug, destination at warn': '20',
      'logger at info, destination at debug': '180',
      'logger at error, destination at warn': '8',
      'logger at trace, destination at info': '180',
      'logger at warn, destination at trace': '20',
      'logger at debug, destination at error': '8',
      'logger at fatal, destination at debug': '3',
    };
    const met = new Set<string>();
    for (const seed of seeds) {
      const places = placesOf(pose('Q2', seed));
      expect(places.size).toBe(5);
      expect(places.has('logger at debug, destination at warn')).toBe(true);
      for (const [text, place] of places) {
        expect(place, text).toBe(right[text]);
        met.add(text);
      }
    }
    expect(met.size).toBe(7);
  });

  it('Q3: each word has its part, and one part is left over', () => {
    for (const seed of seeds) {
      const posed = pose('Q3', seed);
      if (posed.format.kind !== 'match') throw new Error('Q3 is to be matched');
      const { places } = posed.format;
      const partOf = (word: string) =>
        places.find(({ id }) => id === placesOf(posed).get(word))?.text ?? '';
      expect(places).toHaveLength(7);
      expect(new Set(placesOf(posed).values()).size).toBe(6);
      expect(partOf('logger')).toMatch(/child\(\)|request\.log/);
      expect(partOf('handler')).toContain('destination');
      expect(partOf('formatter')).toContain('serializers');
      expect(partOf('level')).toMatch(/threshold|logger\.level/);
      expect(partOf('filter')).toMatch(/function/);
      expect(partOf('propagate')).toMatch(/^no/);
    }
  });

  it('Q4: ten events of all levels, of which three may go two ways', () => {
    for (const seed of seeds) {
      const posed = pose('Q4', seed);
      if (posed.format.kind !== 'match') throw new Error('Q4 is to be matched');
      const { items, expected, alsoRight = {} } = posed.format;
      expect(new Set(items.map(({ text }) => text)).size).toBe(10);
      expect(Object.keys(alsoRight)).toHaveLength(3);
      const sure = items.filter(({ id }) => !alsoRight[id]).map(({ id }) => expected[id]);
      for (const level of logLevels.slice(1)) expect(sure).toContain(level);
      const refused = items.find(({ text }) => text.includes('password is wrong'));
      if (refused) {
        expect([expected[refused.id], ...(alsoRight[refused.id] ?? [])]).toEqual(['warn', 'info']);
      }
      expect(
        placesOf(posed).get('the registrar answered 503, and the user got a 502') ?? 'error',
      ).toBe('error');
    }
  });

  it('are posed alike each time, differently for other seeds, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ['Q1', 'Q2', 'Q3', 'Q4']) {
      expect(pose(id)).toEqual(pose(id));
      expect(new Set(seeds.map((seed) => JSON.stringify(pose(id, seed)))).size).toBeGreaterThan(1);
    }
    expect(JSON.stringify(run)).toBe(before);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    const empty = { ...run, experiments: {} };
    for (const id of ['Q1', 'Q2']) expect(() => pose(id, 7, empty)).toThrow('run 3 has no');
  });
});

/** As much of a school as the traffic knows. */
function schoolOf(seed: number): School {
  const user = (id: number) => ({
    id,
    username: `user-${id}`,
    password: `p${id}`,
    tokens: [`t${id}`],
  });
  const subjects = Array.from({ length: 10 }, (_, index) => ({ name: `Subject ${index}` }));
  const students = Array.from({ length: 12 }, (_, index) => user(index + 1));
  return { seed, subjects, awkwardSubjects: [], students } as unknown as School;
}

describe('the traffic', () => {
  it('has sixty requests of all kinds, the same for a seed and others for another', () => {
    for (const seed of seeds) {
      const traffic = trafficOf(schoolOf(seed));
      expect(traffic).toHaveLength(60);
      expect(new Set(traffic.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
      expect(trafficOf(schoolOf(seed))).toEqual(traffic);
    }
    expect(trafficOf(schoolOf(1))).not.toEqual(trafficOf(schoolOf(2)));
  });
});

describe('the levels of a scene', () => {
  it('are told in one order, without the record of a change', () => {
    const record = (level: LogLevel, event?: string) => ({ level, event }) as never;
    expect(levelsOf([record('fatal'), record('info'), record('debug', 'level.changed')])).toBe(
      'info, fatal',
    );
    expect(levelsOf([])).toBe('none');
    expect(levelsFrom('error')).toBe('error, fatal');
    expect(levelsFrom('trace')).toBe('debug, info, warn, error, fatal');
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

  it('compares the two filters, and tells what a day of debug comes to', () => {
    const valuesOf = (id: string) => lab.steps.find((step) => step.id === id)?.values?.(run);
    expect(valuesOf('two-filters')).toEqual({
      made: 420,
      shown: 20,
      held: 400,
      kilobytes: '84.0',
      'source-made': 20,
      'source-kilobytes': '4.0',
      times: 21,
    });
    expect(valuesOf('what-debug-costs')).toMatchObject({ 'debug-gigabytes': '17.3' });
    expect(valuesOf('the-first-gate')).toMatchObject({ 'each-info': '3.0', 'each-debug': '7.0' });
  });

  it('compares predictions with what was measured', () => {
    const measured = lab.steps.flatMap((step) =>
      step.kind === 'predict' ? [[step.id, step.measured(run)]] : [],
    );
    expect(Object.fromEntries(measured)).toEqual({
      'lines-at-info': 180,
      'lines-at-debug': 420,
      'second-file': 'fewer',
      'the-price': 30,
    });
  });
});
