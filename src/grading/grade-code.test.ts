import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiPath, type Check, cannotJudge, fail } from '../kit/index.ts';
import {
  openTestGround,
  passOn,
  serverSource,
  type TestGround,
  withoutRedis,
} from '../probe/stage.testing.ts';
import type { Stage } from '../probe/stage.ts';
import { check, fails, type Grade, openGrading, outcomes, passes } from './grading.testing.ts';
import type { GradeProgress } from './run-checks.ts';

let ground: TestGround;
let grade: Grade;
beforeAll(async () => {
  ground = await openTestGround({ readyWithinMs: 4_000 }, withoutRedis);
  grade = await openGrading(ground);
});
afterAll(() => ground.close());

describe('outcomes', () => {
  test('passed, failed, errored, skipped and not judged, with their points', async () => {
    const verdict = await grade([
      check('needs-a-failure', passes, { needs: ['fails'] }),
      check('passes', passes, { points: 7 }),
      check('fails', fails),
      check('has-a-bug', async () => void (undefined as unknown as string).length),
      check('cannot-see', async () => cannotJudge('too slow, five times')),
      check('needs-redis', passes, { settings: { cacheBackend: 'redis' }, points: 3 }),
      check('builds-on-redis', passes, { needs: ['needs-redis', 'passes'], points: 4 }),
      check('launches-redis', async ({ launch }) => void (await launch({ cacheBackend: 'redis' }))),
      check('needs-two', passes, { needs: ['passes', 'fails', 'has-a-bug'] }),
    ]);
    expect(outcomes(verdict)).toEqual([
      'needs-a-failure: skipped',
      'passes: passed',
      'fails: failed',
      'has-a-bug: errored',
      'cannot-see: errored',
      'needs-redis: not-judged',
      'builds-on-redis: not-judged',
      'launches-redis: not-judged',
      'needs-two: skipped',
    ]);
    expect(verdict).toMatchObject({ kind: 'code', exercise: 'C1', title: 'Do it', seed: 5 });
    expect([verdict.points, verdict.possible, verdict.notJudged]).toEqual([7, 74, 17]);
    const [, , failed, bug, cannot, redis, builds, , two] = verdict.checks;
    expect(failed?.failure).toMatchObject({ kind: 'failure', expected: 'e' });
    expect(bug?.reason).toContain('undefined');
    expect(cannot?.reason).toBe('cannot judge: too slow, five times');
    expect(redis?.reason).toContain('apt install redis-server');
    expect(builds?.reason).toContain('needs-redis');
    expect(two?.waitsFor).toEqual(['fails', 'has-a-bug']);
  });

  test('only some checks, with what they need, and progress as it comes', async () => {
    const progress: GradeProgress[] = [];
    const verdict = await grade(
      [check('a', passes), check('b', passes, { needs: ['a'] }), check('c', fails)],
      undefined,
      { only: ['b'], onProgress: (each) => progress.push(each) },
    );
    expect(outcomes(verdict)).toEqual(['a: passed', 'b: passed']);
    expect(verdict.possible).toBe(20);
    expect(progress.map((each) => `${each.kind} ${each.index + 1} of ${each.total}`)).toEqual([
      'check-started 1 of 2',
      'check-ended 1 of 2',
      'check-started 2 of 2',
      'check-ended 2 of 2',
    ]);
  });

  test('an abort ends the grading with its reason, and leaves nothing running', async () => {
    const controller = new AbortController();
    const stages: Stage[] = [];
    const openStage = async (seed: number) => {
      const stage = await ground.openStage(seed);
      stages.push(stage);
      return stage;
    };
    const waits: Check['run'] = async ({ poll, clock }) => {
      setTimeout(() => controller.abort(new Error('stopped by hand')), 10);
      await poll(() => false, clock.nowMs() + 60_000);
    };
    const graded = grade([check('waits', waits)], undefined, {
      signal: controller.signal,
      openStage,
    });
    await expect(graded).rejects.toThrow('stopped by hand');
    expect(stages[0]?.service.ended()).toBeDefined();
  });
});

describe('servers', () => {
  const counting = serverSource(`response.end(String(++count));`, 'let count = 0;');
  const asked = async ({ server }: Parameters<Check['run']>[0]) =>
    (await server.get('/count')).text;
  const isAsked =
    (expected: string): Check['run'] =>
    async (probe) => {
      const actual = await asked(probe);
      if (actual !== expected) fail({ rationale: '', asked: 'count', expected, actual });
    };

  test('are shared in a group, and fresh for every other check', async () => {
    const program = await ground.program('counting', counting);
    const verdict = await grade(
      [
        check('own', isAsked('1')),
        check('first', isAsked('1'), { group: 'g' }),
        check('own-again', isAsked('1')),
        check('second', isAsked('2'), { group: 'g', needs: ['own-again'] }),
        check('elsewhere', isAsked('1'), { group: 'h' }),
      ],
      program,
    );
    expect(new Set(outcomes(verdict).map((text) => text.split(': ')[1]))).toEqual(
      new Set(['passed']),
    );
  });

  test('of a group that ended are replaced, and further ones end with their check', async () => {
    const program = await ground.program(
      'fragile',
      serverSource(
        `if (path === '/die') throw new RangeError('too deep'); response.end(String(++count));`,
        'let count = 0;',
      ),
    );
    let further = '';
    const verdict = await grade(
      [
        check('kills-it', async ({ server }) => void (await server.get('/die')), { group: 'g' }),
        check('after', isAsked('1'), { group: 'g' }),
        check(
          'launches',
          async (probe) => {
            const other = await probe.launch();
            further = other.url;
            if ((await other.get('/count')).text !== '1') throw new Error('not fresh');
          },
          { group: 'g' },
        ),
        check('last', isAsked('2'), { group: 'g', needs: ['launches'] }),
      ],
      program,
    );
    expect(outcomes(verdict)).toEqual([
      'kills-it: failed',
      'after: passed',
      'launches: passed',
      'last: passed',
    ]);
    expect(verdict.checks[0]?.failure?.actual).toMatch(
      /^the server ended with code 1: RangeError: too deep/,
    );
    expect(verdict.checks[0]?.serverError?.message).toBe('RangeError: too deep');
    await expect(fetch(further)).rejects.toThrow();
  });

  test('meet a registrar as it was at the start, with the settings of the check', async () => {
    const verdict = await grade([
      check('breaks', async ({ origin, server, school }) => {
        await origin.fail({ status: 503 });
        await server.get(apiPath('subjects', school.subjects[3]?.name ?? '', 'stats'));
      }),
      check(
        'sees-nothing',
        async ({ origin, server, clock, school }) => {
          if ((await origin.count()) !== 0) throw new Error('calls are left over');
          const startedAtMs = clock.nowMs();
          const answer = await server.get(apiPath('subjects', school.subjects[3]?.name ?? ''));
          if (answer.status !== 200) throw new Error(`status ${answer.status}`);
          if (clock.nowMs() - startedAtMs < 120)
            throw new Error('the round trip was not configured');
        },
        { origin: { roundTripMs: 120 } },
      ),
    ]);
    expect(verdict.checks.map(({ reason }) => reason)).toEqual([undefined, undefined]);
    expect(outcomes(verdict)).toEqual(['breaks: passed', 'sees-nothing: passed']);
  });

  test('that never start: everything is skipped, and the reason is told once', async () => {
    const program = await ground.program('broken', "throw new Error('no luck');");
    const verdict = await grade(
      [check('a', passes, { settings: { cacheTtlSeconds: 1 } }), check('b', passes)],
      program,
    );
    expect(outcomes(verdict)).toEqual(['a: skipped', 'b: skipped']);
    expect(verdict.startFailure).toMatchObject({
      reason: 'exited',
      message: expect.stringContaining('no luck'),
    });
    expect(verdict.points).toBe(0);
  });

  test('that do not bear the settings of one check fail that check alone', async () => {
    const source = serverSource(
      passOn,
      "if (process.env.CACHE_BACKEND === 'none') throw new Error('no such backend');",
    );
    const program = await ground.program('picky', source);
    const verdict = await grade(
      [
        check('none', passes, { settings: { cacheBackend: 'none' } }),
        check('default', passes),
        check('launches', async ({ launch }) => void (await launch({ cacheBackend: 'none' }))),
      ],
      program,
    );
    expect(outcomes(verdict)).toEqual(['none: failed', 'default: passed', 'launches: failed']);
    for (const index of [0, 2]) {
      expect(verdict.checks[index]?.failure).toMatchObject({
        asked: 'a start with CACHE_BACKEND=none',
        actual: expect.stringContaining('no such backend'),
      });
    }
  });
});
