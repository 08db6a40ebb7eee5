import type { Latency, StormResult } from '../kit/index.ts';
import type { LoadJob, LoadResult } from './job.ts';
import type { StormJob } from './storm-job.ts';
import type { EndlessEnd, Pulse, PulseJob, TrafficCount, TrafficJob } from './traffic-job.ts';

/**
 * What the load process is told. Every message with an `id` is answered once, by the same `id`; traffic and pulses tell
 * what comes of them before that.
 */
export type ToLoad =
  | { kind: 'measure'; id: number; job: LoadJob }
  | { kind: 'storm'; id: number; job: StormJob }
  | { kind: 'traffic'; id: number; job: TrafficJob }
  | { kind: 'pulse'; id: number; job: PulseJob }
  /** Ends the job of that id early; it is then answered by `stopped`. */
  | { kind: 'stop'; id: number }
  | { kind: 'latency'; id: number; series: string }
  /** Forgets all series. */
  | { kind: 'reset' };

/** What the load process says. */
export type FromLoad =
  | { kind: 'measured'; id: number; result: LoadResult }
  | { kind: 'stormed'; id: number; result: StormResult }
  | { kind: 'counted'; id: number; count: TrafficCount }
  | { kind: 'pulsed'; id: number; pulse: Pulse }
  /** Traffic or a pulse has ended, and nobody had stopped it. */
  | { kind: 'ended'; id: number; end: EndlessEnd }
  | { kind: 'stopped'; id: number }
  | { kind: 'latency'; id: number; latency: Latency }
  | { kind: 'failed'; id: number; message: string };
