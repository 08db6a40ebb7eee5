import { createStormClient } from './storm-client.ts';
import { endlessLimitMs, type Pulse, type PulseJob } from './traffic-job.ts';
import type { EndlessRun } from './traffic-run.ts';

/**
 * Starts a pulse: what a small request waits for its answer, measured from outside. Sent from a process without other work,
 * so that what it measures is the server's delay and not our own. `nowMs` is a monotonic clock.
 */
export function startPulseRun(
  { url, path, everyMs }: PulseJob,
  nowMs: () => number,
  tell: (pulse: Pulse) => void,
): EndlessRun {
  const client = createStormClient(url, 1);
  const startedAtMs = nowMs();
  let waits = false;
  let stopped = false;
  let stop = () => {};

  const done = new Promise<'limit'>((resolve, reject) => {
    const send = async () => {
      if (nowMs() - startedAtMs >= endlessLimitMs) return resolve('limit');
      if (waits) return;
      waits = true;
      const sentAtMs = nowMs();
      const answer = await client.ask({ path });
      waits = false;
      // One that was under way at the stop came to nothing because of us.
      if (stopped) return;
      tell(answer === undefined ? {} : { delayMs: nowMs() - sentAtMs });
    };
    const timer = setInterval(() => void send().catch(reject), everyMs);
    stop = () => {
      stopped = true;
      clearInterval(timer);
      client.close();
      resolve('limit');
    };
  }).finally(() => stop());
  return { done, stop: () => stop() };
}
