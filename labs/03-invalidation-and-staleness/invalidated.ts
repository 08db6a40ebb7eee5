/*
 * The repaired server: write, then delete, and keep nothing that was asked for before the write was done.
 */
import { change, forget, nameIn, readThrough, serveSubjects } from './subjects-api.ts';

/** Writes that were done. */
let generation = 0;

await serveSubjects({
  read: (path, requestId) =>
    readThrough(path, requestId, () => {
      const askedIn = generation;
      return () => generation === askedIn;
    }),
  write: async (path, requestId, told, name) => {
    const answer = await change(path, requestId, told);
    if (answer.status < 400) {
      generation += 1;
      forget([name, nameIn(answer)]);
    }
    return answer;
  },
});
