import { messageOf } from '../errors.ts';
import { jobProblem } from './job.ts';
import { LatencySeries } from './latency-series.ts';
import { startLoadRun } from './load-run.ts';
import type { FromLoad, ToLoad } from './messages.ts';
import { startPulseRun } from './pulse-run.ts';
import { stormProblem } from './storm-job.ts';
import { startStormRun } from './storm-run.ts';
import { pulseProblem, trafficProblem } from './traffic-job.ts';
import { startTrafficRun } from './traffic-run.ts';

/** The load process without its process: takes messages, one job at a time. */
export interface LoadService {
  receive(message: ToLoad): void;
  /** Ends the job that runs, if any; nothing is said about it. */
  close(): void;
}

/** A job that is under way. */
interface Run<Done> {
  done: Promise<Done>;
  stop(): void;
}

/** `say` sends to the parent; `nowMs` is a monotonic clock. */
export function createLoadService(
  say: (message: FromLoad) => void,
  nowMs: () => number,
): LoadService {
  const series = new LatencySeries();
  let current: { id: number; run: Run<unknown>; stopped: boolean } | undefined;

  async function take<Done>(
    id: number,
    problem: string | undefined,
    start: () => Run<Done>,
    tell: (done: Done) => FromLoad,
  ): Promise<void> {
    const reason = current === undefined ? problem : 'Another load is under way.';
    if (reason !== undefined) return say({ kind: 'failed', id, message: reason });
    const run = start();
    const own = { id, run, stopped: false };
    current = own;
    try {
      const done = await run.done;
      say(own.stopped ? { kind: 'stopped', id } : tell(done));
    } catch (error) {
      say({ kind: 'failed', id, message: messageOf(error) });
    } finally {
      current = undefined;
    }
  }

  function measure({ id, job }: Extract<ToLoad, { kind: 'measure' }>): Promise<void> {
    return take(
      id,
      jobProblem(job),
      () => startLoadRun(job, nowMs),
      ({ result, histogram }) => {
        if (job.series !== undefined) series.add(job.series, histogram);
        return { kind: 'measured', id, result };
      },
    );
  }

  function storm({ id, job }: Extract<ToLoad, { kind: 'storm' }>): Promise<void> {
    return take(
      id,
      stormProblem(job),
      () => startStormRun(job, nowMs),
      (result) => ({ kind: 'stormed', id, result }),
    );
  }

  function traffic({ id, job }: Extract<ToLoad, { kind: 'traffic' }>): Promise<void> {
    return take(
      id,
      trafficProblem(job),
      () => startTrafficRun(job, nowMs, (count) => say({ kind: 'counted', id, count })),
      (end) => ({ kind: 'ended', id, end }),
    );
  }

  function pulse({ id, job }: Extract<ToLoad, { kind: 'pulse' }>): Promise<void> {
    return take(
      id,
      pulseProblem(job),
      () => startPulseRun(job, nowMs, (each) => say({ kind: 'pulsed', id, pulse: each })),
      (end) => ({ kind: 'ended', id, end }),
    );
  }

  function stop(): void {
    if (current === undefined) return;
    current.stopped = true;
    current.run.stop();
  }

  return {
    receive(message) {
      if (message.kind === 'measure') void measure(message);
      else if (message.kind === 'storm') void storm(message);
      else if (message.kind === 'traffic') void traffic(message);
      else if (message.kind === 'pulse') void pulse(message);
      else if (message.kind === 'stop' && message.id === current?.id) stop();
      else if (message.kind === 'reset') series.reset();
      else if (message.kind === 'latency') {
        say({ kind: 'latency', id: message.id, latency: series.latency(message.series) });
      }
    },
    close: stop,
  };
}
