/**
 * Works through the tasks in their order, at most `width` at a time. The first that throws ends it: no further one is
 * begun, those under way are awaited, and what was thrown is thrown.
 */
export async function runInTurn(
  tasks: readonly (() => Promise<void>)[],
  width: number,
): Promise<void> {
  const queue = [...tasks];
  const errors: unknown[] = [];
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      try {
        await task();
      } catch (error) {
        errors.push(error);
        queue.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  if (errors.length > 0) throw errors[0];
}
