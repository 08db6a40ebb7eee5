import { readFileSync } from 'node:fs';
import {
  createRandom,
  type LogRecord,
  type PosedQuestion,
  type RunRecord,
  type School,
} from 'course-labs/kit';
import Fastify, { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { describe, expect, it } from 'vitest';
import { failingHandlers, type Outcome } from './failing-handlers.ts';
import type { Kind } from './kinds.ts';
import lab from './lab.ts';
import { searched } from './rush.ts';
import { stackIn } from './stack-in.ts';
import { levelsOf, saidIn } from './telling.ts';

function record(fields: Record<string, unknown>): LogRecord {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    line: JSON.stringify(fields),
    level: text(fields.level) as LogRecord['level'],
    timeMs: undefined,
    msg: text(fields.msg) ?? '',
    reqId: text(fields.reqId),
    event: text(fields.event),
    fields,
    duplicateKeys: [],
  };
}

/** 200 requests that took 1 to 200 ms, the slowest in the middle; three failures of two users, and a refused login. */
const log: LogRecord[] = [
  record({ level: 'warn', reqId: 'mistyped', event: 'login', outcome: 'failure' }),
  record({ level: 'error', reqId: 'first', userId: 7, err: {} }),
  ...Array.from({ length: 200 }, (_, index) =>
    record({
      level: 'info',
      reqId: `r${index}`,
      userId: index,
      responseTime: ((index + 100) % 200) + 1,
    }),
  ),
  record({ level: 'error', reqId: 'second', userId: 9, err: {} }),
  record({ level: 'error', reqId: 'third', userId: 7, err: {} }),
];

const kind = (lines: number, errors: number): Kind => ({
  what: '',
  status: 200,
  lines,
  errors,
  warnings: 0,
  named: false,
  inLog: false,
  atClient: false,
});
const before = {
  refused: kind(1, 0),
  first: kind(1, 0),
  again: kind(0, 0),
  missing: kind(1, 0),
  failing: kind(2, 2),
  html: kind(2, 2),
};
const after = { ...before, again: kind(3, 0), failing: kind(3, 1), html: kind(3, 1) };
const told = { third: 'eva', unlucky: 'bob', lines: 7, errors: 2, tells: 'nobody' };

const experiment = (data: object) => ({
  exhibit: { kind: 'timeline', moments: [] } as const,
  data: { ...data },
});

function variant(name: string, throughput: number, logBytesPerRequest: number) {
  return {
    variant: name,
    label: name,
    throughput,
    latency: { meanMs: 3, p50Ms: 2, p90Ms: 5, p95Ms: 6, p99Ms: 9, maxMs: 40 },
    sent: 1_000,
    answered: 1_000,
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
  baseline: 'lines',
  ratio,
  interval: { low: ratio - 0.05, high: ratio + 0.05, level: 0.95 },
  differs: true,
});

const run: RunRecord = {
  id: 3,
  lab: 10,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/me/grades/',
      options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [
        variant('lines', 1_000, 400),
        variant('context', 900, 600),
        variant('silent', 1_200, 0),
      ],
      speedups: [speedup('context', 0.9), speedup('silent', 1.2)],
      measurements: [],
    },
  },
  experiments: {
    'three-at-once': experiment(told),
    'six-kinds': experiment(before),
    'six-kinds-after': experiment(after),
    story: experiment({ ...told, id: 'abc', own: 3, calls: 2, tells: 'user' }),
    rush: experiment(searched(log)),
  },
};

const ids = ['Q1', 'Q2', 'Q3', 'Q4'];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

function pose(id: string, seed = 7, of: RunRecord = run): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(id);
  const random = createRandom(seed, id);
  const school = {} as School;
  return question.basis === 'run'
    ? question.pose(of, school, random)
    : question.pose(school, random);
}

describe('the questions', () => {
  it('Q1: two users failed, one of them twice; who mistyped did not', () => {
    const { format, why } = pose('Q1');
    expect(format).toMatchObject({ kind: 'number', expected: 2, tolerance: { absolute: 0 } });
    expect(why).toContain('3 records at error');
  });

  it('Q2: the first record at error, which is not the first of the log', () => {
    expect(pose('Q2').format).toEqual({ kind: 'text', expected: 'first' });
  });

  it('Q3: of 200 times from 1 to 200 ms number 198 is the p99', () => {
    const { format, why } = pose('Q3');
    expect(format).toMatchObject({ kind: 'number', expected: 198, unit: 'ms' });
    expect(why).toContain('number 198 of 200');
    // 198, 199 and 200 ms were those of the requests 97, 98 and 99.
    expect(why).toContain('97 and 98 and 99');
    expect(why).toContain('mean is 100.5 ms');
  });

  it('Q4: six different handlers, every outcome among them, each where it belongs', () => {
    for (const seed of seeds) {
      const { format } = pose('Q4', seed);
      if (format.kind !== 'match') throw new Error('Q4 is to be matched');
      expect(new Set(format.items.map(({ text }) => text)).size).toBe(6);
      expect(new Set(Object.values(format.expected)).size).toBe(4);
      for (const { id, text } of format.items) {
        expect(failingHandlers[format.expected[id] as Outcome]).toContain(text);
      }
    }
  });

  it('are posed alike each time, Q4 differently for other seeds, and leave the record as it was', () => {
    const written = JSON.stringify(run);
    for (const id of ids) expect(pose(id)).toEqual(pose(id));
    expect(new Set(seeds.map((seed) => JSON.stringify(pose('Q4', seed)))).size).toBeGreaterThan(1);
    expect(JSON.stringify(run)).toBe(written);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    const empty = { ...run, experiments: {} };
    for (const id of ['Q1', 'Q2', 'Q3']) expect(() => pose(id, 7, empty)).toThrow('run 3 has no');
  });
});

type Handle = (error: unknown, request: FastifyRequest, reply: FastifyReply) => unknown;

/** Carries a line of the question out, on a server whose route throws, and gives what is logged at error. */
async function carryOut(code: string): Promise<{ err?: { stack?: string } }[]> {
  const lines: string[] = [];
  const logger = { stream: { write: (line: string) => lines.push(line) } };
  const caught = /^catch \(error\) (\{.*\})$/.exec(code)?.[1];
  const disableRequestLogging = code.includes('disableRequestLogging: true');
  const logController = new LogController({ disableRequestLogging });
  const app = Fastify({ logger, logController });
  const handle = caught && (new Function('error', 'request', 'reply', caught) as Handle);
  if (code.startsWith('app.')) new Function('app', code)(app);
  app.get('/', async (request, reply) => {
    try {
      throw new Error('the origin answered 503');
    } catch (error) {
      if (handle) return handle(error, request, reply);
      throw error;
    }
  });
  await app.inject('/');
  await app.close();
  return lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
}

describe('what a handler leaves at error', () => {
  const all = Object.entries(failingHandlers).flatMap(([outcome, codes]) =>
    codes.map((code) => [outcome, code] as const),
  );

  it.each(all)('%s: %s', async (outcome, code) => {
    const records = await carryOut(code);
    const whole = records.filter(({ err }) => err?.stack?.includes('the origin answered 503'));
    const found = { whole: [1, 1], bare: [1, 0], twice: [2, 2], nothing: [0, 0] }[outcome];
    expect([records.length, whole.length]).toEqual(found);
  });
});

describe('a stack at the client', () => {
  const stack = 'Error: no grades\n    at load (/app/grades.ts:31:14)\n    at process';
  const answer = (text: string, headers = {}) => ({ text, headers });

  it('is found raw and in JSON, in the body and in a header', () => {
    expect(stackIn(answer(stack), stack)).toBe('at load (/app/grades.ts:31:14)');
    expect(stackIn(answer(JSON.stringify({ stack })), stack)).toBe(
      'at load (/app/grades.ts:31:14)',
    );
    const headers = { 'x-failed-at': 'at load (/app/grades.ts:31:14)' };
    expect(stackIn(answer('{}', headers), stack)).toBe('at load (/app/grades.ts:31:14)');
  });

  it('is known by its shape where the log has none', () => {
    expect(stackIn(answer(stack), undefined)).toBe('at load (/app/grades.ts:31:14)');
    const bare = JSON.stringify({ trace: 'Error: no\\n    at async file:///app/x.mjs:3:7' });
    expect(stackIn(answer(bare), undefined)).toBe('at async file:///app/x.mjs:3:7');
    const python = 'Traceback (most recent call last):\n  File "/app/views.py", line 3';
    expect(stackIn(answer(python), undefined)).toBe('Traceback (most recent call last)');
  });

  it('is no message, no time and no address', () => {
    const detail = 'Error: no grades, at 09:41:07 (or 9:40:59), at http://127.0.0.1:4110/';
    expect(stackIn(answer(JSON.stringify({ detail })), stack)).toBeUndefined();
  });
});

describe('records on a screen', () => {
  it('are counted by level, the most severe first', () => {
    expect(levelsOf(log)).toBe('3 error, 1 warn, 200 info');
    expect(levelsOf([])).toBe('none');
    expect(levelsOf([record({})])).toBe('1 without a level');
  });

  it('say what they hold beside level, time and id', () => {
    const failure = { msg: 'no grades', userId: 11, err: { type: 'Lost', message: '503' } };
    expect(saidIn(record(failure))).toBe('no grades; userId 11; err Lost: 503');
    const read = { msg: 'read', event: 'grades.read', outcome: 'success' };
    expect(saidIn(record(read))).toBe('read; event grades.read, success');
    expect(saidIn({ ...record({}), fields: undefined, line: 'Listening' })).toBe('Listening');
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

  it('compares before with after, and tells bytes a day', () => {
    const valuesOf = (id: string) => lab.steps.find((step) => step.id === id)?.values?.(run);
    expect(valuesOf('whose-fault')).toMatchObject({
      'failing-before': 2,
      'failing-after': 1,
      'hit-before': 0,
      'hit-after': 3,
    });
    // 600 bytes, 100 times a second: 60,000 x 86,400.
    expect(valuesOf('what-it-costs')).toMatchObject({ 'gb-per-day': 5.184 });
  });

  it('compares predictions with what was measured', () => {
    const measured = lab.steps.flatMap((step) =>
      step.kind === 'predict' ? [[step.id, step.measured(run)]] : [],
    );
    expect(Object.fromEntries(measured)).toEqual({
      whose: 'nobody',
      'how-many': 2,
      'a-hit': '1',
      'the-price': 90,
    });
  });
});
