import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Check, type CodeExercise, fail } from '../kit/index.ts';
import { openTestGround, type TestGround } from '../probe/stage.testing.ts';
import { gradeCode } from './grade-code.ts';
import { prepareProof } from './prepare-answer.ts';
import type { CodeVerdict } from './verdict.ts';

const programs = fileURLToPath(new URL('../../fixtures/programs', import.meta.url));

let ground: TestGround;
beforeAll(async () => {
  ground = await openTestGround({ readyWithinMs: 3_000, residentBytes: 300 * 1024 * 1024 });
});
afterAll(() => ground.close());

const exercise = {
  kind: 'code',
  id: 'C1',
  title: 'Do it',
  points: 20,
  file: 'server.ts',
} as CodeExercise;

/** A program of fixtures/programs, asked for a path, and then for another by a second check of the same group. */
async function grade(program: string, path: string): Promise<CodeVerdict> {
  const asks =
    (what: string): Check['run'] =>
    async ({ server, poll, clock }) => {
      const { status, request } = await server.get(what);
      // What eats memory answers first; it is watched until it has eaten too much.
      const stillThere = async () => (await server.get('/')).status !== 200;
      if (what === '/eat') await poll(stillThere, clock.nowMs() + 20_000);
      if (status !== 200) {
        fail({ rationale: '', asked: what, expected: '200', actual: String(status), request });
      }
    };
  const checks: Check[] = [
    { id: 'asked', title: 'answers', points: 10, group: 'g', run: asks(path) },
    { id: 'after', title: 'goes on', points: 10, group: 'g', run: asks('/') },
  ];
  const { packages } = ground;
  const workFolder = join(ground.folder, 'hostile');
  const starter = join(programs, program);
  const proof = await prepareProof({
    starter,
    answer: undefined,
    workFolder,
    packages,
    allowWorkers: false,
  });
  try {
    if (proof.prepared.kind === 'failed') throw new Error(proof.prepared.failure.message);
    return await gradeCode({
      exercise,
      checks,
      program: proof.prepared.program,
      seed: 3,
      openStage: ground.openStage,
      checkLimitMs: 25_000,
    });
  } finally {
    await proof.remove();
  }
}

describe('an answer that does not start is no failed check', () => {
  test.each([
    ['crashes', 'exited', /server\.ts:\d+:\d+: TypeError/],
    ['exits-0', 'exited', /exit code 0/],
    ['throws-text', 'exited', /./],
    ['never-listens', 'never-ready', /within 3 s/],
    ['other-port', 'never-ready', /not on PORT/],
    ['loops-at-start', 'never-ready', /./],
  ])('%s', async (program, reason, message) => {
    const verdict = await grade(program, '/');
    expect(verdict.startFailure).toMatchObject({ reason, message: expect.stringMatching(message) });
    expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
    expect(verdict.points).toBe(0);
  });
});

describe('an answer that misbehaves fails its check alone, and the next one gets a server that works', () => {
  test.each([
    ['loops-after-listening', '/loop', /^none after 10 s$/],
    [
      'throws-in-route',
      '/crash',
      /^the server ended with code 1: TypeError: .* at server\.ts:\d+:\d+$/,
    ],
    ['eats-buffers', '/eat', /more memory than it may/],
    ['eats-objects', '/eat', /more memory than it may/],
  ])('%s', async (program, path, actual) => {
    const { checks } = await grade(program, path);
    expect(checks.map(({ outcome }) => outcome)).toEqual(['failed', 'passed']);
    expect(checks[0]?.failure?.actual).toMatch(actual);
  });

  test('an error that it logged is told with its place', async () => {
    const { checks } = await grade('throws-in-route', '/handled');
    expect(checks[0]).toMatchObject({
      outcome: 'failed',
      failure: { actual: '500' },
      serverError: { message: expect.stringContaining('TypeError'), place: { file: 'server.ts' } },
    });
  });

  test('an access that was refused is told in words', async () => {
    const { checks } = await grade('writes-outside', '/outside');
    expect(checks[0]).toMatchObject({ outcome: 'failed', refusedAccess: expect.any(String) });
  });

  test('one that ignores SIGTERM is ended all the same', async () => {
    const { points } = await grade('ignores-sigterm', '/');
    expect(points).toBe(20);
  });
});
