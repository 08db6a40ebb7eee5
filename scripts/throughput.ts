import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { connectLoad } from '../src/load/client.ts';
import type { Runtime } from '../src/runtime/index.ts';
import { alternate, median, pairedRatio } from './alternate.ts';
import { bareFastify } from './bare-fastify.ts';
import type { Row } from './table.ts';

const run = promisify(execFile);
const budget = 0.95;
const connections = 20;

/** Our measured throughput over that of autocannon's own command line, on the same server. */
export async function measureThroughput(
  root: string,
  folder: string,
  runtime: Runtime,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Row[]> {
  const launched = await runtime.launch({
    program: await bareFastify(folder),
    settings: {},
    registrarUrl: 'http://127.0.0.1:9',
  });
  if (launched.kind === 'failed') throw new Error(launched.failure.message);
  const { url } = launched.server;
  const autocannon = createRequire(join(root, 'package.json')).resolve('autocannon/autocannon.js');

  const ours = async () => {
    // A process of its own each time, as the command line has: neither is warmer than the other.
    const service = await runtime.startService('load');
    const { throughput } = await connectLoad(service).measure({
      url,
      requests: [{ path: '/healthz' }],
      connections,
      durationSeconds: seconds,
    });
    await service.stop();
    return throughput;
  };
  const theirs = async () => {
    const args = [
      autocannon,
      '--json',
      '-c',
      `${connections}`,
      '-d',
      `${seconds}`,
      `${url}/healthz`,
    ];
    const { stdout } = await run(process.execPath, args);
    const result = JSON.parse(stdout) as { '2xx': number; duration: number };
    return result['2xx'] / result.duration;
  };

  await ours();
  const taken = await alternate({ ours, theirs }, rounds);
  await launched.server.kill();
  const ratio = pairedRatio(taken.ours, taken.theirs);
  const figures = [median(taken.ours), median(taken.theirs)].map((each) => each.toFixed(0));
  return [
    {
      what: 'throughput that we measure',
      figure: `${figures[0]} req/s; autocannon's command line ${figures[1]} req/s`,
      against: `ratio ${ratio.toFixed(2)} (budget at least ${budget})`,
      within: ratio >= budget,
    },
  ];
}
