/*
 * The demonstration server of lab 11: a log that tells too much (leaky.ts), and statistics from
 * memory with 50 lines at debug for each request.
 *
 * The debug lines are written well: each call gets an object, and nothing is made of it unless the
 * line is written. `eager.ts` differs in that alone.
 */
import { debugLines } from './debug-lines.ts';
import { createLeakyApp } from './leaky.ts';
import { start } from './starter/app.ts';
import { statsOf } from './starter/stats.ts';

const app = createLeakyApp();

app.get<{ Params: { name: string } }>('/api/v1/subjects/:name/stats/', async (request, reply) => {
  const { name } = request.params;
  const { status, body } = await statsOf(name, request.id);
  for (let part = 1; part <= debugLines; part += 1) {
    request.log.debug({ part, subject: name, status }, 'looked at a part of the statistics');
  }
  return reply.code(status).send(body);
});

await start(app);
