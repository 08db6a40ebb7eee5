export type Task = () => Promise<void>;

/**
 * Works through the tasks in their order, at most `width` at a time. The first that throws ends it: no further one is
 * begun, those under way are awaited, and what was thrown is thrown.
 */
export function runInTurn(tasks: readonly Task[], width: number): Promise<void> {
  return runInLanes([tasks], width);
}

/**
 * The same for several series, for tasks that are cheaper after one of their own series: each of the `width` keeps to one
 * as long as it has tasks, and then takes up the one with the most left for each that works on it.
 */
export async function runInLanes(
  series: readonly (readonly Task[])[],
  width: number,
): Promise<void> {
  const lanes = series.map((tasks) => ({ queue: [...tasks], workers: 0 }));
  const errors: unknown[] = [];
  const longest = () =>
    lanes
      .filter(({ queue }) => queue.length > 0)
      .reduce<(typeof lanes)[number] | undefined>((best, lane) => {
        const share = ({ queue, workers }: typeof lane) => queue.length / (workers + 1);
        return best === undefined || share(lane) > share(best) ? lane : best;
      }, undefined);
  const work = async () => {
    for (let lane = longest(); lane; lane = longest()) {
      lane.workers += 1;
      for (let task = lane.queue.shift(); task; task = lane.queue.shift()) {
        try {
          await task();
        } catch (error) {
          errors.push(error);
          for (const { queue } of lanes) queue.length = 0;
        }
      }
      lane.workers -= 1;
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  if (errors.length > 0) throw errors[0];
}
