import type { Latency, StormResult } from '../kit/index.ts';
import type { LoadJob, LoadResult } from './job.ts';
import type { StormJob } from './storm-job.ts';

/** What the load process is told. Every message with an `id` is answered once, by the same `id`. */
export type ToLoad =
  | { kind: 'measure'; id: number; job: LoadJob }
  | { kind: 'storm'; id: number; job: StormJob }
  /** Ends the job of that id early; it is then answered by `stopped`. */
  | { kind: 'stop'; id: number }
  | { kind: 'latency'; id: number; series: string }
  /** Forgets all series. */
  | { kind: 'reset' };

/** What the load process says. */
export type FromLoad =
  | { kind: 'measured'; id: number; result: LoadResult }
  | { kind: 'stormed'; id: number; result: StormResult }
  | { kind: 'stopped'; id: number }
  | { kind: 'latency'; id: number; latency: Latency }
  | { kind: 'failed'; id: number; message: string };
