import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { apiPath, type Check, fail, type Probe } from '../kit/index.ts';
import { openTestGround, passOn, serverSource, type TestGround } from '../probe/stage.testing.ts';
import type { Stage } from '../probe/stage.ts';
import { bringBack } from './reproduce.ts';

let ground: TestGround;
let stage: Stage;
beforeAll(async () => {
  ground = await openTestGround();
});
afterEach(() => stage.close());
afterAll(() => ground.close());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

const answersFromMemory = serverSource(
  `memory ??= await ask(path.replace('/api/v1', ''));
   response.writeHead(memory.status, { 'content-type': 'application/json' }).end(memory.body);`,
  'let memory;',
);

const doNotMix: Check = {
  id: 'subjects-do-not-mix',
  title: 'two subjects do not share an entry',
  points: 10,
  run: async (probe) => {
    const [one, other] = probe.freshSubjects(2).map(({ name }) => apiPath('subjects', name));
    await probe.origin.fail({ route: 'announcements', status: 503 });
    const first = await probe.server.get(one ?? '');
    const second = await probe.server.get(other ?? '', { headers: { Accept: '*/*' } });
    if (first.text === second.text) {
      fail({
        rationale: 'r',
        asked: 'two',
        expected: 'two',
        actual: second.text,
        request: second.request,
      });
    }
  },
};

test('a failure stays as it was: a curl line shows it, and the faults last', async () => {
  stage = await ground.openStage(9);
  const port = await freePort();
  const program = await ground.program('mixes', answersFromMemory);
  const back = await bringBack({
    checks: [doNotMix],
    check: doNotMix,
    program,
    stage,
    place: { port },
  });
  if (back.kind !== 'failed') throw new Error(back.kind);
  expect(back.server.url).toBe(`http://127.0.0.1:${port}`);
  expect(back.curl).toMatch(/^curl -s 'http:.*' -H 'Accept: \*\/\*'$/);
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', back.curl ?? '']);
  expect(stdout).toBe(back.failure.actual);
  expect((await fetch(`${stage.origin.url}/announcements/`)).status).toBe(503);
});

test('an answer that is right by now passes, and its server is there to be tried', async () => {
  stage = await ground.openStage(9);
  const program = await ground.program('right', serverSource(passOn));
  const back = await bringBack({ checks: [doNotMix], check: doNotMix, program, stage });
  if (back.kind !== 'passes-now') throw new Error(back.kind);
  expect((await back.server.get('/healthz')).status).toBe(200);
});

test('the curl line goes to the server that showed it, though the first was stopped', async () => {
  stage = await ground.openStage(9);
  const check: Check = {
    ...doNotMix,
    run: async ({ server, launch }) => {
      await server.get('/api/v1/announcements/');
      await server.stop();
      const again = await launch({ instance: 'b' });
      const { request, text } = await again.get('/api/v1/announcements/');
      fail({ rationale: 'r', asked: 'again', expected: 'x', actual: text, request });
    },
  };
  const program = await ground.program('mixes', answersFromMemory);
  const back = await bringBack({ checks: [check], check, program, stage });
  if (back.kind !== 'failed') throw new Error(back.kind);
  expect(back.server.settings.instance).toBe('b');
  expect(back.curl).toContain(back.server.url);
});

test('without a server left there is nothing to type', async () => {
  stage = await ground.openStage(9);
  const check: Check = { ...doNotMix, run: async ({ server }) => void (await server.get('/die')) };
  const program = await ground.program('dies', serverSource('process.exit(4);'));
  const back = await bringBack({ checks: [check], check, program, stage });
  expect(back).toMatchObject({
    kind: 'failed',
    curl: undefined,
    failure: { actual: 'the server ended with code 4' },
  });
});

test('a program that does not start says why, and a bug of a check is no failure', async () => {
  stage = await ground.openStage(9);
  const broken = await ground.program('broken', "throw new Error('no luck');");
  expect(
    await bringBack({ checks: [doNotMix], check: doNotMix, program: broken, stage }),
  ).toMatchObject({
    kind: 'start-failure',
    failure: { message: expect.stringContaining('no luck') },
  });
  const check: Check = {
    ...doNotMix,
    run: async () => {
      throw new Error('a bug');
    },
  };
  const program = await ground.program('right', serverSource(passOn));
  await expect(bringBack({ checks: [check], check, program, stage })).rejects.toMatchObject({
    exitCode: 3,
    message: 'a bug',
  });
});

test('what the group did before is done again: the server is as the check found it', async () => {
  stage = await ground.openStage(9);
  const look = async (probe: Probe, expected: number) => {
    const { request, json } = await probe.server.get('/api/v1/look');
    if (json !== expected) {
      fail({ rationale: 'r', asked: 'look', expected: `${expected}`, actual: `${json}`, request });
    }
  };
  const shared = { title: 't', points: 1, group: 'one' };
  const checks: Check[] = [
    { ...shared, id: 'first', run: (probe) => look(probe, 1) },
    { ...doNotMix, id: 'between', needs: [], run: async () => {} },
    { ...shared, id: 'second', needs: ['between'], run: (probe) => look(probe, 1) },
  ];
  const counts = await ground.program(
    'counts',
    serverSource('looks += 1; response.end(String(looks));', 'let looks = 0;'),
  );
  const check = checks[2] as Check;
  const back = await bringBack({ checks, check, program: counts, stage });
  expect(back).toMatchObject({ kind: 'failed', failure: { actual: '2' } });
});
