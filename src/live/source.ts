import { couldNotRun, messageOf } from '../errors.ts';
import { isFailure, type LiveScene, type LogLevel, type School } from '../kit/index.ts';
import { connectLoad } from '../load/client.ts';
import type { EndlessEnd, Pulse, TrafficCount } from '../load/traffic-job.ts';
import type { ProbedServer } from '../probe/probed-server.ts';
import { readyOrigin } from '../probe/ready-origin.ts';
import { openStage } from '../probe/stage.ts';
import { endSentence } from '../probe/unanswered.ts';
import type { Program, Runtime, Service } from '../runtime/types.ts';

export interface LiveSourceOptions {
  runtime: Runtime;
  program: Program;
  /** Whose program it is, for sentences. */
  server: 'demonstration' | 'mine';
  scene: LiveScene;
  /** The level at the start, in place of the scene's. */
  level: LogLevel;
  seed: number;
  workFolder: string;
  /** Told of each line that the server writes, on stdout and stderr. */
  onLine(line: string): void;
}

/** How a change of the level ended. */
export type LevelChange = { kind: 'changed' } | { kind: 'refused'; sentence: string };

/** What is told while traffic is sent. */
export interface TrafficListener {
  onCount(count: TrafficCount): void;
  onPulse(pulse: Pulse): void;
}

/** A server under traffic, seen from outside: what the live view is about. */
export interface LiveSource {
  /**
   * Asks the running server for another level, in the name of a member of staff. Every line that was written before it
   * was taken has been told of when this resolves.
   */
  setLevel(level: LogLevel): Promise<LevelChange>;
  /** Sends traffic and the pulse until the signal fires. Resolves with why they ended; throws CourseError. */
  send(listener: TrafficListener, signal: AbortSignal): Promise<EndlessEnd | 'stopped'>;
  /** Bytes that the server has written. */
  written(): number;
  /** Lines that came too fast to be read. */
  unread(): number;
  /** Throws (exit 3) where the server has ended, with why. */
  lookAlive(): void;
  close(): Promise<void>;
}

/** Lines that are read at a time, in bytes: what is more is told of as unread, so that reading never holds up the screen. */
const keptBytes = 8 * 1024 * 1024;
const pulseEveryMs = 100;

/** Opens a stage, and launches the server with the scene's settings. Throws (exit 3) where it does not start. */
export async function openLiveSource(options: LiveSourceOptions): Promise<LiveSource> {
  const { runtime, scene, level, seed, workFolder, onLine } = options;
  const stage = await openStage({ runtime, seed, workFolder });
  const services: Service[] = [];
  const startLoad = async () => {
    const service = await runtime.startService('load');
    services.push(service);
    return connectLoad(service);
  };
  const close = async () => {
    await Promise.all([stage.close(), ...services.map((service) => service.stop())]);
  };
  try {
    // A process each: one that sends as fast as it can would find the other's answers late.
    const [traffic, pulse] = await Promise.all([startLoad(), startLoad()]);
    await readyOrigin(stage, scene);
    const settings = { ...scene.settings, logLevel: level };
    const place = { keptBytes, onLine: (_: string, line: string) => onLine(line) };
    const launched = await stage.openSet(options.program).launch(settings, place);
    if (launched.kind === 'failed') throw didNotStart(options, launched.failure.message);
    const { server } = launched;
    const { running } = server;
    const requests = scene.requests(stage.school);

    return {
      setLevel: async (wanted) => {
        const change = await askForLevel(server, wanted, stage.school);
        running.mark();
        return change;
      },
      send: async ({ onCount, onPulse }, signal) => {
        const over = new AbortController();
        const both = AbortSignal.any([signal, over.signal]);
        const job = { url: running.url, requests, connections: scene.connections };
        const beat = { url: running.url, path: '/healthz', everyMs: pulseEveryMs };
        const [end] = await Promise.all(
          [traffic.traffic(job, onCount, both), pulse.pulse(beat, onPulse, both)].map((sent) =>
            sent.finally(() => over.abort()),
          ),
        );
        return end as EndlessEnd | 'stopped';
      },
      written: () => running.written(),
      unread: () => running.unread(),
      lookAlive: () => {
        const sentence = endSentence(running);
        if (sentence !== undefined) throw hasEnded(sentence);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function askForLevel(
  server: ProbedServer,
  level: LogLevel,
  { staff }: School,
): Promise<LevelChange> {
  const path = '/__loglevel';
  const token = staff[0]?.tokens[0] ?? '';
  try {
    const { status } = await server.request({ method: 'POST', path, body: { level }, token });
    if (status >= 200 && status < 300) return { kind: 'changed' };
    return refused(`was answered ${status}`);
  } catch (error) {
    if (!isFailure(error)) return refused(`came to nothing: ${messageOf(error)}`);
    return refused(`got no answer: ${error.actual}`);
  }

  function refused(what: string): LevelChange {
    const asked = `POST ${path} {"level":"${level}"} in the name of a member of staff`;
    return { kind: 'refused', sentence: `The level is as it was: ${asked} ${what}.` };
  }
}

function didNotStart({ server }: LiveSourceOptions, why: string): Error {
  const whose = server === 'mine' ? 'Your server' : 'Our own server';
  return couldNotRun(`${whose} did not start. ${why}`);
}

function hasEnded(sentence: string): Error {
  return couldNotRun(`There is nothing more to see: ${sentence}.`);
}
