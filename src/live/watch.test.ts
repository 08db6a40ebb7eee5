import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveScene } from '../kit/index.ts';
import { openTestGround, serverSource, type TestGround } from '../probe/stage.testing.ts';
import { monotonicClock as clock } from '../probe/waiting.ts';
import type { NodeProgram } from '../runtime/index.ts';
import { watchPhases } from './phases.ts';
import { openWatch, type WatchOptions } from './watch.ts';

const server = fileURLToPath(
  new URL('../../fixtures/live-course/91-log-stream/server.ts', import.meta.url),
);

/** Servers are started, and others may be busy. */
const limitMs = 90_000;

let ground: TestGround;
let program: NodeProgram;
beforeAll(async () => {
  ground = await openTestGround();
  const { code } = await transform(await readFile(server, 'utf8'), { loader: 'ts' });
  program = await ground.program('log-stream', code);
});
afterAll(() => ground.close());

const scene: LiveScene = {
  settings: { logLevel: 'info' },
  origin: {},
  requests: ({ alice, bob }) => [
    { path: `/ok/?user=${alice.id}` },
    { path: `/denied/?user=${bob.id}` },
    { path: `/broken/?user=${bob.id}` },
  ],
  connections: 3,
};

const open = (change: Partial<WatchOptions> = {}) =>
  openWatch({
    runtime: ground.runtime,
    program,
    server: 'demonstration',
    scene,
    seed: 7,
    workFolder: join(ground.folder, 'live'),
    reader: { level: 'warn' },
    clock,
    ...change,
  });
const { signal } = new AbortController();

describe('watching a real server', () => {
  it(
    'counts what it makes at each level, exactly, and measures what that costs',
    async () => {
      const watch = await open();
      try {
        const phases = [
          { level: 'info', seconds: 2 },
          { level: 'error', seconds: 2 },
          { level: 'debug', seconds: 1 },
        ] as const;
        const [info, error, debug] = await watchPhases({ watch, phases, clock, signal });
        expect(info?.made.info).toBeGreaterThan(0);
        expect(info?.shown.info).toBe(0);
        expect(info?.shown.warn).toBe(info?.made.warn);
        expect(info?.heldBack).toBe(info?.made.info);
        expect(info?.made.debug).toBe(0);
        // Not one of the levels below: what was written before the change was counted before it.
        expect(error?.made).toMatchObject({ trace: 0, debug: 0, info: 0, warn: 0, other: 0 });
        expect(error?.made.error).toBeGreaterThan(0);
        // Every request writes one line at debug.
        expect(debug?.made.debug).toBeGreaterThan(0);
        for (const phase of [info, error, debug]) {
          expect(phase?.traffic.answered).toBeGreaterThan(0);
          expect(phase?.traffic.failed).toBeGreaterThan(0);
          expect(phase?.traffic.lost).toBe(0);
          expect(phase?.bytes).toBeGreaterThan(0);
          expect(phase?.unread).toBe(0);
        }
        expect(info?.delay?.p99Ms).toBeGreaterThan(0);
      } finally {
        await watch.source.close();
      }
    },
    limitMs,
  );

  it(
    'puts every byte down to the level at which it was written',
    async () => {
      const watch = await open();
      const over = new AbortController();
      const sent = watch.send(over.signal);
      try {
        await watch.setLevel('trace');
        // A flood, of which nothing was told yet when the level changes.
        const flooded = () => watch.source.written() > 1_000_000;
        while (!flooded()) await new Promise((resolve) => setTimeout(resolve, 20));
        await watch.setLevel('error');
        expect(watch.model.counts().bytes).toBe(0);
        watch.tick();
        expect(watch.model.counts().bytes).toBeLessThan(100_000);
      } finally {
        over.abort();
        await sent;
        await watch.source.close();
      }
    },
    limitMs,
  );

  it(
    'says it when the server does not know the route, and goes on as it was',
    async () => {
      const stubborn = await ground.program(
        'stubborn',
        serverSource("response.writeHead(path === '/__loglevel' ? 404 : 200).end('{}');"),
      );
      const watch = await open({ program: stubborn });
      try {
        await watch.setLevel('debug');
        const { source, notice } = watch.model.view(1);
        expect(source).toMatchObject({ level: 'info', changingTo: undefined });
        expect(notice).toMatch(/POST \/__loglevel .*"debug".* answered 404/);
        const phases = [
          { level: 'info', seconds: 1 },
          { level: 'debug', seconds: 1 },
        ] as const;
        await expect(watchPhases({ watch, phases, clock, signal })).rejects.toMatchObject({
          exitCode: 3,
          message: expect.stringMatching(/answered 404/),
        });
      } finally {
        await watch.source.close();
      }
    },
    limitMs,
  );

  it(
    'ends with a server that ends, and says why',
    async () => {
      const mortal = await ground.program(
        'mortal',
        serverSource(
          "response.end('{}'); setTimeout(() => { throw new TypeError('worn out'); }, 500);",
        ),
      );
      const watch = await open({ program: mortal });
      try {
        const phases = [{ level: 'info', seconds: 30 }] as const;
        await expect(watchPhases({ watch, phases, clock, signal })).rejects.toMatchObject({
          exitCode: 3,
          message: expect.stringMatching(/the server ended with code 1: TypeError: worn out/),
        });
      } finally {
        await watch.source.close();
      }
    },
    limitMs,
  );

  it(
    'stays bounded in a flood, reads what it can, and counts the rest',
    async () => {
      const line = JSON.stringify({ level: 10, time: 1, msg: 'x'.repeat(150) });
      const flooding = await ground.program(
        'flooding',
        serverSource(
          "response.end('{}');",
          `import { writeSync } from 'node:fs';
const block = ${JSON.stringify(`${line}\n`)}.repeat(2000);
setInterval(() => { for (let n = 0; n < 5; n += 1) writeSync(1, block); }, 40);`,
        ),
      );
      const watch = await open({ program: flooding, reader: { level: 'trace' } });
      try {
        let latest = performance.now();
        let longestGapMs = 0;
        const onTick = () => {
          longestGapMs = Math.max(longestGapMs, performance.now() - latest);
          latest = performance.now();
        };
        const phases = [{ level: 'info', seconds: 3 }] as const;
        const [report] = await watchPhases({ watch, phases, clock, signal, onTick });
        const { made, unread, bytes, seconds } = report ?? {
          made: { trace: 0 },
          unread: 0,
          bytes: 0,
          seconds: 1,
        };
        // Every line was either read or counted as unread; bytes tell how many there were, but for those under way.
        const lines = bytes / (line.length + 1);
        expect((made.trace + unread) / lines).toBeGreaterThan(0.8);
        expect((made.trace + unread) / lines).toBeLessThan(1.2);
        expect(lines / seconds).toBeGreaterThan(50_000);
        expect(watch.model.view(1000).kept).toBeLessThanOrEqual(20_000);
        expect(watch.model.view(1000).pane.records.length).toBeLessThanOrEqual(500);
        expect(longestGapMs).toBeLessThan(2000);
      } finally {
        await watch.source.close();
      }
    },
    limitMs,
  );
});
