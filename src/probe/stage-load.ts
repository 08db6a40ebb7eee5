import type { StormResult } from '../kit/index.ts';
import { connectLoad, type Load } from '../load/client.ts';
import type { StormJob } from '../load/storm-job.ts';
import type { Runtime, Service } from '../runtime/types.ts';

/** The load process of a stage: started for its first storm, ended with it. */
export interface StageLoad {
  /** Waits for a storm that is under way. Throws CourseError when the load process ends. */
  storm(job: StormJob, signal?: AbortSignal): Promise<StormResult>;
  /** Safe to call when nothing was started. */
  close(): Promise<void>;
}

interface Started {
  service: Service;
  load: Load;
}

export function createStageLoad(runtime: Pick<Runtime, 'startService'>): StageLoad {
  let started: Promise<Started> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const start = async (): Promise<Started> => {
    const service = await runtime.startService('load');
    return { service, load: connectLoad(service) };
  };
  const known = () => started?.catch(() => undefined);
  /** One that has died is replaced: what one check lost is no loss for the next. */
  const running = async (): Promise<Load> => {
    const before = await known();
    if (before !== undefined && before.service.ended() === undefined) return before.load;
    started = start();
    return (await started).load;
  };

  return {
    storm: (job, signal) => {
      // An abandoned check may leave a storm that is still being ended.
      const sent = last.then(async () => (await running()).storm(job, signal));
      last = sent.catch(() => {});
      return sent;
    },
    close: async () => {
      await (await known())?.service.stop();
    },
  };
}
