import { messageOf } from '../errors.ts';
import { jobProblem, type LoadJob } from './job.ts';
import { LatencySeries } from './latency-series.ts';
import { type LoadRun, startLoadRun } from './load-run.ts';
import type { FromLoad, ToLoad } from './messages.ts';

/** The load process without its process: takes messages, one job at a time. */
export interface LoadService {
  receive(message: ToLoad): void;
  /** Ends the job that runs, if any; nothing is said about it. */
  close(): void;
}

/** `say` sends to the parent; `nowMs` is a monotonic clock. */
export function createLoadService(
  say: (message: FromLoad) => void,
  nowMs: () => number,
): LoadService {
  const series = new LatencySeries();
  let current: { id: number; run: LoadRun; stopped: boolean } | undefined;

  async function measure(id: number, job: LoadJob): Promise<void> {
    const problem = current === undefined ? jobProblem(job) : 'Another load is under way.';
    if (problem !== undefined) return say({ kind: 'failed', id, message: problem });
    const own = { id, run: startLoadRun(job, nowMs), stopped: false };
    current = own;
    try {
      const { result, histogram } = await own.run.done;
      if (own.stopped) return say({ kind: 'stopped', id });
      if (job.series !== undefined) series.add(job.series, histogram);
      say({ kind: 'measured', id, result });
    } catch (error) {
      say({ kind: 'failed', id, message: messageOf(error) });
    } finally {
      current = undefined;
    }
  }

  function stop(): void {
    if (current === undefined) return;
    current.stopped = true;
    current.run.stop();
  }

  return {
    receive(message) {
      if (message.kind === 'measure') void measure(message.id, message.job);
      else if (message.kind === 'stop' && message.id === current?.id) stop();
      else if (message.kind === 'reset') series.reset();
      else if (message.kind === 'latency') {
        say({ kind: 'latency', id: message.id, latency: series.latency(message.series) });
      }
    },
    close: stop,
  };
}
