import { readFileSync } from 'node:fs';
import {
  createRandom,
  type PosedQuestion,
  type RunRecord,
  type School,
  type VariantSummary,
} from 'course-labs/kit';
import { describe, expect, it } from 'vitest';
import { inTurn } from './experiments.ts';
import lab from './lab.ts';

const user = (id: number, username: string) => ({
  id,
  username,
  tokens: [`${username}-phone`, `${username}-laptop`],
  canaries: { grades: `k3f9-${username}`, locker: `l0ck-${username}`, stats: `st4t-${username}` },
});
const school = { alice: user(1, 'alice'), bob: user(11, 'bob') } as unknown as School;

function variant(name: string, throughput: number): VariantSummary {
  return {
    variant: name,
    label: name,
    throughput,
    latency: { meanMs: 2, p50Ms: 1, p90Ms: 3, p95Ms: 3, p99Ms: 4, maxMs: 40 },
    sent: 10_000,
    answered: 10_000,
    originCalls: 4,
    hitRate: 0.9996,
    cpuMsPer1000Requests: undefined,
    memoryBytes: undefined,
    failed: 0,
  };
}

const exhibit = { kind: 'timeline', moments: [] } as const;

/** Alice was first on page 1 and bob on page 2: 480 answers to bob held hers, and 490 to alice held his. */
const run: RunRecord = {
  id: 4,
  lab: 7,
  seed: 7,
  predictions: {},
  benches: {
    bench: {
      kind: 'figures',
      title: 'GET /api/v1/me/grades/',
      options: { rounds: 5, durationSeconds: 2, connections: 20, warmUpSeconds: 1 },
      server: 'demonstration',
      variants: [variant('shared', 10_000), variant('per-user', 2_000)],
      speedups: [
        {
          variant: 'per-user',
          baseline: 'shared',
          ratio: 0.2,
          interval: { low: 0.19, high: 0.21, level: 0.95 },
          differs: true,
        },
      ],
      measurements: [],
    },
  },
  experiments: {
    'by-hand': { exhibit, data: { owner: 1, calls: 1 } },
    'at-the-door': { exhibit, data: { alice: 200, nobody: 200, unknown: 200, ended: 200 } },
    storm: {
      exhibit,
      data: {
        answered: 2000,
        leaked: 970,
        users: {
          alice: { asked: 1000, answered: 1000, own: 510, others: 490, victims: { bob: 490 } },
          bob: { asked: 1000, answered: 1000, own: 520, others: 480, victims: { alice: 480 } },
        },
        first: {
          sequence: 21,
          who: 'alice',
          victim: 'bob',
          mark: 'k3f9-bob',
          where: 'body',
          request: { path: '/api/v1/me/grades/?page=2' },
        },
      },
    },
  },
};

function pose(id: string, seed = 7, from: RunRecord = run): PosedQuestion {
  const question = lab.exercises.find((exercise) => exercise.id === id);
  if (question?.kind !== 'question') throw new Error(`${id} is no question`);
  const random = createRandom(seed, id);
  if (question.basis === 'seed') return question.pose(school, random);
  return question.pose(from, school, random);
}

describe('the questions', () => {
  it('Q1: bob is told of 490, which went to alice', () => {
    const { format, text, why } = pose('Q1');
    expect(format).toMatchObject({ kind: 'number', expected: 490, tolerance: { absolute: 0 } });
    expect(text).toContain('**bob** must be told');
    expect(why).toContain('490 of the 970');
  });

  it('Q2: the first text that turned up in the wrong answer', () => {
    const { format, text } = pose('Q2');
    expect(format).toEqual({ kind: 'text', expected: 'k3f9-bob' });
    expect(text).toContain('answer 21, to **alice**');
    expect(text).not.toContain('k3f9-bob');
  });

  it('Q3: each server lets in whom its order and its key let in', () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { format } = pose('Q3', seed);
      if (format.kind !== 'match') throw new Error('Q3 is to be matched');
      expect(Object.values(format.expected).toSorted()).toEqual(
        format.places.map(({ id }) => id).toSorted(),
      );
      for (const { id, text } of format.items) expect(letsIn(text), text).toBe(format.expected[id]);
    }
    const orders = [1, 2, 3, 4, 5].map((seed) => JSON.stringify(pose('Q3', seed).format));
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('Q4: students times what each of them has, whatever their devices', () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { format, text } = pose('Q4', seed);
      if (format.kind !== 'number') throw new Error('Q4 asks for a number');
      const [users = 0, pages = 0, devices = 0, page = 0, stats = 0] = [
        ...text.matchAll(/\*\*(\d[\d,]*) /g),
      ].map(([, figure = '']) => Number(figure.replace(',', '')));
      expect(devices).toBeGreaterThan(1);
      let bytes = 0;
      for (let student = 0; student < users; student += 1) bytes += pages * page + stats;
      expect(format.expected).toBeCloseTo(bytes / 1e6, 9);
    }
  });

  it('are posed alike each time, and leave the record as it was', () => {
    const before = JSON.stringify(run);
    for (const id of ['Q1', 'Q2', 'Q3', 'Q4']) expect(pose(id)).toEqual(pose(id));
    expect(JSON.stringify(run)).toBe(before);
  });

  it('cannot be posed from a run that lacks what they need', () => {
    const empty = { ...run, experiments: {} };
    for (const id of ['Q1', 'Q2']) expect(() => pose(id, 7, empty)).toThrow('run 4 has no');
  });
});

/** Plays one of Q3's servers after alice has read her grades: who else is answered with them? */
function letsIn(pipeline: string): string {
  const [look = '', before] = pipeline.startsWith('look')
    ? [pipeline.split(' > ')[0], true]
    : [pipeline.split(' > ')[1], false];
  const callers = {
    alice: { user: 'alice', role: 'student', token: 'a', good: true },
    nobody: { user: '', role: '', token: '', good: false },
    carol: { user: 'carol', role: 'student', token: 'c', good: true },
    ended: { user: 'alice', role: 'student', token: 'a', good: false },
  };
  const keyFor = ({ user: who, role, token }: (typeof callers)['alice']) =>
    [
      ...(look.includes('address') ? ['/me/grades/'] : []),
      ...(look.includes('token') ? [token] : []),
      ...(look.includes('role') ? [role] : []),
      ...(/\buser\b|user's/.test(look) ? [who] : []),
    ].join(' ');
  const kept = keyFor(callers.alice);
  const served = (caller: (typeof callers)['alice']) =>
    (before || caller.good) && keyFor(caller) === kept;
  if (served(callers.nobody)) return 'anyone';
  if (served(callers.carol)) return 'others';
  return served(callers.ended) ? 'ended' : 'safe';
}

describe('the storm', () => {
  it('has alice and bob in turn, for the same two pages, with two tokens each', () => {
    const requests = inTurn(school);
    expect(requests.map(({ who }) => who)).toEqual(
      requests.map((_, index) => (index % 2 === 0 ? 'alice' : 'bob')),
    );
    const all = requests.map(({ path, headers }) => `${path} ${headers?.authorization}`);
    expect(new Set(all).size).toBe(requests.length);
    const askedBy = (name: string) =>
      requests
        .filter(({ who }) => who === name)
        .map(({ path }) => path)
        .toSorted();
    expect(askedBy('alice')).toEqual(askedBy('bob'));
    for (const { who, headers } of requests) expect(headers?.authorization).toContain(who);
    expect(requests[0]?.path).toBe(requests[1]?.path);
  });

  it('is what the benchmark sends, too', () => {
    expect(lab.scenario.requests(school)).toEqual(
      inTurn(school).map(({ path, headers }) => ({ path, headers })),
    );
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
      'what-bob-sees': 'alices',
      'without-a-token': 'alices',
      'how-many': 970,
      'the-price': 5,
    });
  });
});
