import { apiPath, plainSubjects } from '../src/kit/index.ts';
import { connectLoad } from '../src/load/client.ts';
import { openStage } from '../src/probe/stage.ts';
import type { Program, RunningServer, Runtime } from '../src/runtime/index.ts';
import { alternate, geometricMean, median } from './alternate.ts';
import { bareFastify } from './bare-fastify.ts';
import { constantInLab1Frame, lab1Program } from './lab-program.ts';
import { profileRoutes } from './route-profiles.ts';
import type { Row } from './table.ts';

const least = 0.85;
const connections = 20;
// A TTL that no measurement outlasts: what is asked here is the price of a hit. None of the servers logs anything.
const settings = { logLevel: 'warn', cacheTtlSeconds: 3600 } as const;

/**
 * The cached route of lab 1, launched as `bench 1` does and filled before, over a route of a bare Fastify server that sends
 * the same bytes. Where the time goes is told by the same constant in the lab's own frame, and by a CPU profile of each.
 */
export async function measureOwnServers(
  root: string,
  folder: string,
  runtime: Runtime,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Row[]> {
  const stage = await openStage({ runtime, seed: 4711, workFolder: folder });
  const service = await runtime.startService('load');
  try {
    const launch = async (program: Program): Promise<RunningServer> => {
      const launched = await runtime.launch({ program, settings, registrarUrl: stage.origin.url });
      if (launched.kind === 'failed') throw new Error(launched.failure.message);
      return launched.server;
    };
    const labProgram = await lab1Program(root, folder);
    const path = apiPath('subjects', plainSubjects(stage.school)[0]?.name ?? '', 'stats');
    const lab = await launch(labProgram);
    const body = await (await fetch(`${lab.url}${path}`)).text();
    const bareProgram = await bareFastify(folder, body);
    const framedProgram = await constantInLab1Frame(root, folder, body);
    const bare = await launch(bareProgram);
    const framed = await launch(framedProgram);

    const client = connectLoad(service);
    const load = async (url: string, at: string) => {
      const job = { url, requests: [{ path: at }], connections, durationSeconds: seconds };
      const result = await client.measure({ ...job, expectBody: body });
      if (result.failures.mismatches > 0 || result.failures.non2xx > 0)
        throw new Error(`${at} answers otherwise`);
      return result;
    };
    const throughputOf = (url: string, at: string) => async () => (await load(url, at)).throughput;
    const samples = {
      lab: throughputOf(lab.url, path),
      framed: throughputOf(framed.url, '/constant'),
      bare: throughputOf(bare.url, '/constant'),
    };
    await alternate(samples, 1);
    const taken = await alternate(samples, rounds);
    const profiles = await profileRoutes(
      [
        { what: "lab 1's route", program: labProgram, path },
        { what: 'the constant, framed', program: framedProgram, path: '/constant' },
        { what: 'the constant, bare', program: bareProgram, path: '/constant' },
      ],
      { folder, launch, load, rounds: Math.ceil(rounds / 3) },
    );
    return [...compared(taken), ...profiles];
  } finally {
    await service.stop();
    await stage.close();
  }
}

function compared({ lab, framed, bare }: Record<'lab' | 'framed' | 'bare', number[]>): Row[] {
  const ratio = ratioOf(lab, bare);
  const ofFrame = ratioOf(framed, bare).toFixed(2);
  return [
    {
      what: "lab 1's cached route",
      figure: `${median(lab).toFixed(0)} req/s; a constant from bare Fastify ${median(bare).toFixed(0)} req/s`,
      against: `ratio ${ratio.toFixed(2)} (goal at least ${least})`,
      within: ratio >= least,
    },
    {
      what: "the constant in lab 1's frame",
      figure: `${median(framed).toFixed(0)} req/s; over the bare one ${ofFrame}`,
      against: `lab 1's cached route over it ${ratioOf(lab, framed).toFixed(2)}`,
      within: true,
    },
  ];
}

function ratioOf(left: readonly number[], right: readonly number[]): number {
  return geometricMean(left.map((each, index) => each / (right[index] ?? Number.NaN)));
}
