/*
 * The demonstration server once more, with debug lines that look harmless: each makes its text
 * before the logger is asked whether it wants it. At info none of them is written.
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
    request.log.debug(`part ${part} of the statistics of ${name}: ${JSON.stringify(body)}`);
  }
  return reply.code(status).send(body);
});

await start(app);
