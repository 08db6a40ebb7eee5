import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { couldNotRun } from '../errors.ts';
import { apiPath, type Check, fail } from '../kit/index.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import { openTestGround, passOn, serverSource, type TestGround } from '../probe/stage.testing.ts';
import type { Stage } from '../probe/stage.ts';
import type { Program } from '../runtime/types.ts';
import { check, type Grade, openGrading, outcomes, passes } from './grading.testing.ts';

let ground: TestGround;
let grade: Grade;
beforeAll(async () => {
  ground = await openTestGround({ readyWithinMs: 4_000 });
  grade = await openGrading(ground);
});
afterAll(() => ground.close());

describe('hostile answers', () => {
  test('one that hangs fails, and the next check is judged', async () => {
    const program = await ground.program(
      'hangs',
      serverSource(`if (path !== '/hang') response.end('ok');`),
    );
    const verdict = await grade(
      [
        check('hang', async ({ server }) => void (await server.get('/hang')), { group: 'g' }),
        check('after', passes, { group: 'g' }),
      ],
      program,
      { checkLimitMs: 400 },
    );
    expect(outcomes(verdict)).toEqual(['hang: failed', 'after: passed']);
    expect(verdict.checks[0]?.failure?.actual).toBe(
      'requests without an answer. The check did not end within 0.4 s.',
    );
  });

  test('one that hangs fails as well when its request was given up before the limit', async () => {
    const program = await ground.program('hangs', serverSource(''));
    const goesOn: Check['run'] = async ({ server, poll, clock }) => {
      await server.get('/').catch(() => {});
      await poll(() => false, clock.nowMs() + 60_000);
    };
    const verdict = await grade([check('goes-on', goesOn)], program, { checkLimitMs: 11_000 });
    expect(outcomes(verdict)).toEqual(['goes-on: failed']);
  });

  test('a check that takes too long while nothing hangs is our fault', async () => {
    const slow: Check['run'] = async ({ poll, clock }) =>
      void (await poll(() => false, clock.nowMs() + 60_000));
    const verdict = await grade([check('slow', slow), check('after', passes)], undefined, {
      checkLimitMs: 300,
    });
    expect(outcomes(verdict)).toEqual(['slow: errored', 'after: passed']);
    expect(verdict.checks[0]?.reason).toBe('The check did not end within 0.3 s.');
  });

  test('a check that takes too long while every request is answered soon is our fault', async () => {
    const asksOn: Check['run'] = async ({ server }) => {
      for (;;) await server.get('/');
    };
    const program = await ground.program('soon', serverSource(`response.end('ok');`));
    const verdict = await grade([check('asks-on', asksOn)], program, { checkLimitMs: 3_000 });
    expect(outcomes(verdict)).toEqual(['asks-on: errored']);
    expect(verdict.checks[0]?.reason).toBe('The check did not end within 3 s.');
  });

  test('one that blocks its event loop for ever', async () => {
    const program = await ground.program('blocks', serverSource('for (;;);'));
    const verdict = await grade(
      [check('block', async ({ server }) => void (await server.get('/'))), check('after', passes)],
      program,
      { checkLimitMs: 500 },
    );
    expect(outcomes(verdict)).toEqual(['block: failed', 'after: passed']);
  });

  test('one that ends on its own while the check trips over itself is to blame', async () => {
    const program = await ground.program(
      'leaves',
      serverSource(`response.end('bye'); setTimeout(() => process.exit(3));`),
    );
    const trips: Check['run'] = async ({ server, poll, clock }) => {
      await server.get('/');
      const gone = await poll(
        async () =>
          server.get('/').then(
            () => false,
            () => true,
          ),
        clock.nowMs() + 5_000,
      );
      throw new Error(gone ? 'a bug of the check' : 'it did not leave');
    };
    const verdict = await grade([check('trips', trips)], program);
    expect(verdict.checks[0]).toMatchObject({
      outcome: 'failed',
      failure: { actual: 'the server ended with code 3' },
    });
  });

  test('one that answers and then ends does not pass', async () => {
    const program = await ground.program(
      'answers-and-ends',
      serverSource(`response.end('bye'); setTimeout(() => process.exit(3));`),
    );
    const isContent: Check['run'] = async ({ server, poll, clock }) => {
      const gone = async () =>
        server.get('/').then(
          () => false,
          () => true,
        );
      await poll(gone, clock.nowMs() + 5_000);
    };
    const verdict = await grade([check('content', isContent)], program);
    expect(verdict.checks[0]).toMatchObject({
      outcome: 'failed',
      failure: {
        expected: 'a server that goes on running',
        actual: 'the server ended with code 3',
      },
    });
  });

  test('one that the check itself ended is not', async () => {
    const stops: Check['run'] = async ({ server }) => {
      await server.stop();
      throw new Error('a bug of the check');
    };
    const verdict = await grade([check('stops', stops)]);
    expect(verdict.checks[0]).toMatchObject({ outcome: 'errored', reason: 'a bug of the check' });
  });
});

describe('our own faults are never held against an answer', () => {
  test('a registrar that dies', async () => {
    let stage: Stage | undefined;
    const openStage = async (seed: number) => {
      stage = await ground.openStage(seed);
      return stage;
    };
    const asksAfterDeath: Check['run'] = async ({ server, school }) => {
      process.kill(stage?.service.pid ?? 0, 'SIGKILL');
      const path = apiPath('subjects', school.subjects[3]?.name ?? '', 'stats');
      const { status } = await server.get(path);
      fail({ rationale: '', asked: path, expected: '200', actual: String(status) });
    };
    const program = await ground.program(
      'honest',
      serverSource(`try { ${passOn} } catch { response.writeHead(502).end(); }`),
    );
    const verdict = await grade([check('dies', asksAfterDeath), check('after', passes)], program, {
      openStage,
    });
    expect(outcomes(verdict)).toEqual(['dies: errored', 'after: errored']);
    for (const { reason } of verdict.checks) expect(reason).toContain('The registrar');
  });

  /** Somebody from outside ends the server under the check, so many times. */
  const killedUnder = (times: number): Check['run'] => {
    let left = times;
    return async ({ server }) => {
      left -= 1;
      if (left >= 0) process.kill((server as ProbedServer).running.pid, 'SIGKILL');
      await server.get('/healthz');
    };
  };

  test('a server that others ended: the check is made again, once', async () => {
    const verdict = await grade([
      check('once', killedUnder(1), { group: 'g' }),
      check('after', passes, { group: 'g' }),
    ]);
    expect(outcomes(verdict)).toEqual(['once: passed', 'after: passed']);
  });

  test('a server that ends so again is judged, by its name', async () => {
    const verdict = await grade([check('twice', killedUnder(2)), check('after', passes)]);
    expect(outcomes(verdict)).toEqual(['twice: failed', 'after: passed']);
    expect(verdict.checks[0]?.failure?.actual).toBe('the server ended by SIGKILL');
  });

  test('a stage that breaks while it is made ready for a check', async () => {
    const openStage = async (seed: number): Promise<Stage> => {
      const stage = await ground.openStage(seed);
      const reset = async () => {
        process.kill(stage.service.pid, 'SIGKILL');
        await stage.reset();
      };
      return { ...stage, reset };
    };
    const verdict = await grade([check('a', passes)], undefined, { openStage });
    expect(outcomes(verdict)).toEqual(['a: errored']);
    expect(verdict.checks[0]?.reason).toContain('The registrar');
  });

  test('a launch that was not possible here', async () => {
    const openStage = async (seed: number): Promise<Stage> => {
      const stage = await ground.openStage(seed);
      const openSet = (program: Program) => ({
        ...stage.openSet(program),
        launch: () => Promise.reject(couldNotRun('No free port was found.')),
      });
      return { ...stage, openSet };
    };
    const verdict = await grade([check('a', passes)], undefined, { openStage });
    expect(verdict.checks[0]).toMatchObject({
      outcome: 'errored',
      reason: 'No free port was found.',
    });
  });
});
