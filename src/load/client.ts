import { couldNotRun } from '../errors.ts';
import type { Latency, ProcessEnd, StormResult } from '../kit/index.ts';
import type { LoadJob, LoadResult } from './job.ts';
import type { FromLoad, ToLoad } from './messages.ts';
import { type StormJob, stormLimitMs } from './storm-job.ts';
import {
  type EndlessEnd,
  endlessLimitMs,
  type Pulse,
  type PulseJob,
  type TrafficCount,
  type TrafficJob,
} from './traffic-job.ts';

/** The way to the load process; a `Service` of the runtime is one. */
export interface LoadChannel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onEnd(listener: (end: ProcessEnd, stderr: readonly string[]) => void): void;
}

/** The load process, as its parent uses it. One job at a time. */
export interface Load {
  /**
   * Runs one load. When `signal` fires, the load is ended early, goes to no series, and the promise rejects with
   * the signal's reason. Throws CourseError when the load process ends or says nothing in time.
   */
  measure(job: LoadJob, signal?: AbortSignal): Promise<LoadResult>;
  /** Sends one storm; ends early and throws as `measure` does, never because of what the server answers. */
  storm(job: StormJob, signal?: AbortSignal): Promise<StormResult>;
  /**
   * Sends requests until the signal fires, whatever the server answers; `onCount` is told some ten times a second.
   * Resolves with `stopped` where the signal ended it. Throws CourseError when the load process ends.
   */
  traffic(
    job: TrafficJob,
    onCount: (count: TrafficCount) => void,
    signal: AbortSignal,
  ): Promise<EndlessEnd | 'stopped'>;
  /** Asks for one path at a steady pace until the signal fires; ends and throws as `traffic` does. */
  pulse(
    job: PulseJob,
    onPulse: (pulse: Pulse) => void,
    signal: AbortSignal,
  ): Promise<EndlessEnd | 'stopped'>;
  /** Over all answers of all runs of a series; all 0 where there was none. */
  latency(series: string): Promise<Latency>;
  /** Forgets all series. */
  reset(): void;
}

interface Waiting {
  /** Told in between, before the answer. */
  tell(message: FromLoad): void;
  resolve(answer: FromLoad): void;
  reject(error: Error): void;
}

/** How long the load process may take beyond the load itself, by default: it may be starting on a busy machine. */
const defaultGraceMs = 20_000;

/** Speaks to a load process that was started. */
export function connectLoad(channel: LoadChannel, graceMs: number = defaultGraceMs): Load {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let ended: Error | undefined;

  channel.onMessage((message) => {
    const answer = message as FromLoad;
    const asker = waiting.get(answer.id);
    if (answer.kind === 'counted' || answer.kind === 'pulsed') asker?.tell(answer);
    else asker?.resolve(answer);
  });
  channel.onEnd((end, stderr) => {
    ended = endError(end, stderr);
    for (const { reject } of waiting.values()) reject(ended);
  });

  async function ask(
    message: ToLoad & { id: number },
    withinMs: number,
    tell: Waiting['tell'] = () => {},
  ): Promise<FromLoad> {
    if (ended !== undefined) throw ended;
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<FromLoad>((resolve, reject) => {
        waiting.set(message.id, { tell, resolve, reject });
        timer = setTimeout(
          () => reject(couldNotRun('The load process did not answer in time.', 'Try again.')),
          withinMs,
        );
        channel.send(message);
      });
    } finally {
      clearTimeout(timer);
      waiting.delete(message.id);
    }
  }

  /** Asks for a job, and tells the process to stop it when the signal fires. */
  async function run(
    message: Extract<ToLoad, { kind: 'measure' | 'storm' | 'traffic' | 'pulse' }>,
    lastsMs: number,
    signal: AbortSignal | undefined,
    tell?: Waiting['tell'],
  ): Promise<FromLoad> {
    const { id } = message;
    const stop = () => {
      if (ended === undefined) channel.send({ kind: 'stop', id } satisfies ToLoad);
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return await ask(message, lastsMs + graceMs, tell);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** A job that goes on until it is stopped. */
  async function goOn(
    message: Extract<ToLoad, { kind: 'traffic' | 'pulse' }>,
    tell: Waiting['tell'],
    signal: AbortSignal,
  ): Promise<EndlessEnd | 'stopped'> {
    if (signal.aborted) return 'stopped';
    const answer = await run(message, endlessLimitMs, signal, tell);
    if (answer.kind === 'stopped') return 'stopped';
    if (answer.kind === 'ended') return answer.end;
    throw unexpected(answer);
  }

  return {
    traffic: (job, onCount, signal) => {
      lastId += 1;
      const tell = (message: FromLoad) => message.kind === 'counted' && onCount(message.count);
      return goOn({ kind: 'traffic', id: lastId, job }, tell, signal);
    },
    pulse: (job, onPulse, signal) => {
      lastId += 1;
      const tell = (message: FromLoad) => message.kind === 'pulsed' && onPulse(message.pulse);
      return goOn({ kind: 'pulse', id: lastId, job }, tell, signal);
    },
    async measure(job, signal) {
      signal?.throwIfAborted();
      lastId += 1;
      const message = { kind: 'measure', id: lastId, job } as const;
      const answer = await run(message, job.durationSeconds * 1000, signal);
      signal?.throwIfAborted();
      if (answer.kind === 'measured') return answer.result;
      throw unexpected(answer);
    },
    async storm(job, signal) {
      signal?.throwIfAborted();
      lastId += 1;
      const answer = await run({ kind: 'storm', id: lastId, job }, stormLimitMs, signal);
      signal?.throwIfAborted();
      // JSON leaves out what is undefined.
      if (answer.kind === 'stormed') return { ...answer.result, first: answer.result.first };
      throw unexpected(answer);
    },
    async latency(series) {
      lastId += 1;
      const answer = await ask({ kind: 'latency', id: lastId, series }, graceMs);
      if (answer.kind === 'latency') return answer.latency;
      throw unexpected(answer);
    },
    reset: () => channel.send({ kind: 'reset' } satisfies ToLoad),
  };
}

function unexpected(answer: FromLoad): Error {
  return new Error(answer.kind === 'failed' ? answer.message : `load: unexpected ${answer.kind}`);
}

function endError(end: ProcessEnd, stderr: readonly string[]): Error {
  const how = end.signal ?? `code ${end.code}`;
  const last = stderr.findLast((line) => line.trim() !== '');
  return couldNotRun(
    `The load process ended (${how})${last === undefined ? '.' : `: ${last}`}`,
    'Try again.',
  );
}
