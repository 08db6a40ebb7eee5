/** The last one in each queue: who comes next waits for it. */
const queues = new Map<string, Promise<unknown>>();

/** Runs the tasks of one key one after the other, and those of different keys side by side. */
export async function oneAtATime<Result>(
  key: string,
  task: () => Promise<Result>,
): Promise<Result> {
  const before = queues.get(key) ?? Promise.resolve();
  // Whether the one before did well is no concern of the next.
  const mine = before.then(task, task);
  queues.set(key, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(key) === mine) queues.delete(key);
  }
}
