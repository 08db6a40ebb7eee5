import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExperimentStep, fail, type Probe } from '../kit/index.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import { openTestGround, passOn, serverSource, type TestGround } from '../probe/stage.testing.ts';
import type { Runtime } from '../runtime/types.ts';
import { runExperiment } from './run-experiment.ts';

let ground: TestGround;
beforeAll(async () => {
  ground = await openTestGround();
});
afterAll(() => ground.close());

/** `killService` ends what the stage has started: its registrar. */
async function experiment(run: (probe: Probe, killService: () => void) => Promise<void>) {
  const pids: number[] = [];
  const runtime: Runtime = {
    ...ground.runtime,
    startService: async (...args) => {
      const service = await ground.runtime.startService(...args);
      pids.push(service.pid);
      return service;
    },
  };
  const kill = () => {
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  };
  const step: ExperimentStep = {
    kind: 'experiment',
    id: 'look',
    phase: 'RUN',
    settings: {},
    origin: {},
    run: async (probe) => {
      await run(probe, kill);
      return { exhibit: { kind: 'timeline', moments: [] }, data: {} };
    },
  };
  return runExperiment({
    step,
    program: await ground.program('pass-on', serverSource(passOn)),
    seed: 3,
    runtime,
    workFolder: ground.folder,
    signal: new AbortController().signal,
  });
}

test('what was seen while the registrar died is not shown', async () => {
  const seen = experiment(async ({ origin }, kill) => {
    kill();
    await origin.count().catch(() => {});
  });
  await expect(seen).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^The registrar .* ended \(SIGKILL\)/),
  });
});

test('a server that misbehaves because the registrar died is not told to have misbehaved', async () => {
  const seen = experiment(async ({ server, origin }, kill) => {
    kill();
    await origin.count().catch(() => {});
    const { status } = await server.get('/api/v1/me/');
    fail({ rationale: '', asked: 'GET', expected: '200', actual: String(status) });
  });
  await expect(seen).rejects.toMatchObject({
    message: expect.stringMatching(/^The registrar .* ended \(SIGKILL\)/),
  });
});

test('a server that others ended is named, although nothing else was noticed', async () => {
  const seen = experiment(async ({ server, poll, clock }) => {
    const { running } = server as ProbedServer;
    process.kill(running.pid, 'SIGKILL');
    await poll(() => running.ended() !== undefined, clock.nowMs() + 5_000);
  });
  await expect(seen).rejects.toMatchObject({
    exitCode: 3,
    message: 'Our own server ended: the server ended by SIGKILL.',
  });
});
