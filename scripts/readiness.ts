import type { Program, Runtime } from '../src/runtime/index.ts';
import { alternate, median, pairedDifference, pairedRatio } from './alternate.ts';
import { bareFastify } from './bare-fastify.ts';
import { lab1Program } from './lab-program.ts';
import type { Row } from './table.ts';

const budgetMs = 60;

/** How long lab 1's server takes until it answers, over the smallest Fastify server. */
export async function measureReadiness(
  root: string,
  folder: string,
  runtime: Runtime,
  rounds: number,
): Promise<Row[]> {
  const lab = await lab1Program(root, folder);
  // The bare one starts as anybody's does.
  const bare = await bareFastify(folder);
  const timed = (program: Program) => async () => {
    const result = await runtime.launch({
      program,
      settings: {},
      registrarUrl: 'http://127.0.0.1:9',
    });
    if (result.kind === 'failed') throw new Error(result.failure.message);
    await result.server.kill();
    return result.readyAfterMs;
  };
  await timed(lab)();
  const taken = await alternate({ lab: timed(lab), bare: timed(bare) }, rounds);
  const over = pairedDifference(taken.lab, taken.bare);
  const figures = [median(taken.lab), median(taken.bare)].map((ms) => ms.toFixed(0));
  return [
    {
      what: 'lab 1 server ready',
      figure: `${figures[0]} ms; bare Fastify ${figures[1]} ms; ratio ${pairedRatio(taken.lab, taken.bare).toFixed(2)}`,
      against: `${over.toFixed(0)} ms over (budget ${budgetMs} ms)`,
      within: over <= budgetMs,
    },
  ];
}
