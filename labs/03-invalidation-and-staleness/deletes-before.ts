/*
 * The same repair the other way round: delete, then write.
 *
 * Its flaw: whoever reads between the two is told the old value, and it is kept.
 */
import { change, forget, readThrough, serveSubjects } from './subjects-api.ts';

await serveSubjects({
  read: readThrough,
  write: async (path, requestId, told, name) => {
    forget([name]);
    return change(path, requestId, told);
  },
});
