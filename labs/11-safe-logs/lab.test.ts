import { readFileSync } from 'node:fs';
import {
  createRandom,
  findPieces,
  type PosedQuestion,
  type RunRecord,
  type School,
  type VariantSummary,
} from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import { around, passageOf } from './excerpt.ts';
import { forgedLine, plainForgery, thoroughForgery } from './forgery.ts';
import lab from './lab.ts';
import { students } from './observing.ts';

function variant(name: string, throughput: number, logBytesPerRequest: number): VariantSummary {
  return {
    variant: name,
    label: name,
    throughput,
    latency: { meanMs: 2, p50Ms: 1, p90Ms: 3, p95Ms: 4, p99Ms: 5, maxMs: 40 },
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

const exhibit = { kind: 'excerpt', passages: [] } as const;
const secret = (name: string, found: boolean) => ({ name, found });
const secrets = [
  secret('the password of ada', true),
  secret('the password of ben', false),
  secret('the token of cem', true),
  secret('the combination of cem', false),
];

/** 20,000 answers a second at info, with 450 bytes each; a quarter of them at debug, half of them eager. */
const run: RunRecord = {
  id: 4,
  lab: 11,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/subjects/Logic/stats/',
      options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [
        variant('none', 25_000, 0),
        variant('info', 20_000, 450),
        variant('debug', 5_000, 10_000),
        variant('eager', 10_000, 450),
      ],
      speedups: [],
      measurements: [],
    },
  },
  experiments: {
    'nine-secrets': { exhibit, data: { secrets, lines: 23, telling: 2 } },
    'one-hour': {
      exhibit,
      data: { secrets: secrets.map(({ name }) => secret(name, true)), lines: 90, telling: 4 },
    },
    'three-logins': { exhibit, data: { attempts: 3, letIn: 1, told: 4, toldSuccesses: 3 } },
  },
};

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const ids = ['Q1', 'Q2', 'Q3', 'Q4'];

function pose(id: string, seed = 7, of: RunRecord = run): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question' || question.basis !== 'run') throw new Error(id);
  return question.pose(of, {} as School, createRandom(seed, id));
}

function numberOf(id: string): { expected: number; why: string } {
  const { format, why } = pose(id);
  if (format.kind !== 'number') throw new Error(`${id} asks for a number`);
  return { expected: format.expected, why };
}

describe('the questions', () => {
  it('Q1: the secrets that were found, in whatever order they are listed', () => {
    for (const seed of seeds) {
      const { format } = pose('Q1', seed);
      if (format.kind !== 'set') throw new Error('Q1 asks for a set');
      const chosen = format.items.filter(({ id }) => format.expected.includes(id));
      expect(chosen.map(({ text }) => text).sort()).toEqual([
        'the password of ada',
        'the token of cem',
      ]);
      expect(format.items).toHaveLength(4);
    }
    expect(new Set(seeds.map((seed) => JSON.stringify(pose('Q1', seed).format))).size).not.toBe(1);
  });

  it('Q2: 450 bytes, 20,000 times a second, are 777.6 GB a day', () => {
    expect(numberOf('Q2').expected).toBeCloseTo(777.6, 6);
    expect(numberOf('Q2').why).toContain('450 x 20,000 x 86,400 / 1,000,000,000 = 777.6 GB');
  });

  it('Q3: 20,000 against 5,000 are four times', () => {
    expect(numberOf('Q3').expected).toBe(4);
  });

  it('Q4: 100 microseconds a request against 50, for 50 calls: one each', () => {
    expect(numberOf('Q4').expected).toBeCloseTo(1, 9);
    expect(numberOf('Q4').why).toContain('= 100.0 microseconds against 50.0');
  });

  it('leave the record as it was, and cannot be posed without what they need', () => {
    const before = JSON.stringify(run);
    for (const id of ids) expect(pose(id)).toEqual(pose(id));
    expect(JSON.stringify(run)).toBe(before);
    const empty = { ...run, benches: {}, experiments: {} };
    for (const id of ids) expect(() => pose(id, 7, empty)).toThrow('run 4 has no');
  });
});

describe('an excerpt', () => {
  const line = `${'a'.repeat(100)}k3f9x2m7q8z1${'b'.repeat(100)}`;

  it('has the piece whole, and tells what was left out', () => {
    const { before, found, after } = around(line, { at: 100, end: 112 });
    expect([before, found, after]).toEqual([
      `…${'a'.repeat(60)}`,
      'k3f9x2m7q8z1',
      `${'b'.repeat(30)}…`,
    ]);
    expect(around('x=k3f9;', { at: 2, end: 6 })).toEqual({
      before: 'x=',
      found: 'k3f9',
      after: ';',
    });
  });

  it('marks what was found', () => {
    const [piece] = findPieces(line, { ada: ['k3f9x2m7q8z1'] });
    if (piece === undefined) throw new Error('it was not found');
    expect(passageOf(line, piece)[1]).toEqual({ marked: 'k3f9x2m7q8z1' });
  });
});

describe('the students of a check', () => {
  const user = (username: string, password: string) => ({
    username,
    password,
    tokens: [`t1${password}`, `t2${password}`],
    canaries: { grades: '', locker: `l${password}`, stats: '' },
  });
  const school = {
    students: [user('ada', 'k3f9x2m7q8z1'), user('ben', '12345678zzzz'), user('cem', 'zebra-12')],
  } as unknown as School;

  it('have no secret that begins like an id', () => {
    const chosen = students({ school, random: createRandom(3) }, 3);
    expect(chosen.map(({ username }) => username).sort()).toEqual(['ada', 'cem']);
  });
});

describe('a forgery', () => {
  const ada = { username: 'ada', password: 'k3f9x2m7q8z1' };
  const forgers = { student: ada, other: { ...ada, username: 'ben' }, wrong: 'w' } as never;

  it('brings lines that are records of a login, in a user name', () => {
    for (const { requests, lines } of [plainForgery(forgers), thoroughForgery(forgers)]) {
      const { username } = requests[1].body as { username: string };
      expect(username.split(/\r?\n/)).toEqual(expect.arrayContaining([...lines]));
      for (const line of lines) {
        expect(JSON.parse(line)).toMatchObject({ event: 'login', outcome: 'success', userId: 1 });
      }
    }
  });

  it('brings fields of the server, and a good login first', () => {
    for (const { requests, fields } of [plainForgery(forgers), thoroughForgery(forgers)]) {
      expect(requests[0].body).toMatchObject(ada);
      expect(requests[2].body).toMatchObject({ ...fields, outcome: 'success', userId: 1 });
    }
  });

  it('is the same each time, where a failure is to be brought back', () => {
    expect(forgedLine('x')).toBe(forgedLine('x'));
    expect(thoroughForgery(forgers)).toEqual(thoroughForgery(forgers));
  });
});

describe('the lesson', () => {
  const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
  const text = read('lesson.md');
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

  it('shows the list that its servers have', () => {
    const [list = ''] = /redact: \[.*?\]/.exec(text) ?? [];
    for (const file of ['leaky.ts', 'starter/server.ts']) expect(read(file)).toContain(list);
  });

  it('tells the figures of the run', () => {
    const of = (id: string) => lab.steps.find((step) => step.id === id)?.values?.(run);
    expect(of('how-they-got-there')).toEqual({ found: 2, secrets: 4 });
    expect(of('behind-a-level')).toEqual({ found: 2, secrets: 4, 'found-at-debug': 4 });
    expect(of('what-it-costs')).toMatchObject({ slowdown: '4.0', 'info-throughput': 20_000 });
    expect(of('for-nothing')).toMatchObject({ share: 50, lines: 50 });
  });

  it('compares predictions with what was measured', () => {
    const measured = lab.steps.flatMap((step) =>
      step.kind === 'predict' ? [[step.id, step.measured(run)]] : [],
    );
    expect(Object.fromEntries(measured)).toEqual({
      'how-many': 2,
      successes: 3,
      'at-debug': 4,
      'not-written': 'much',
    });
  });
});
