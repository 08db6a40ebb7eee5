import { join } from 'node:path';
import process from 'node:process';
import { apiPath, plainSubjects } from '../src/kit/index.ts';
import { connectLoad } from '../src/load/client.ts';
import { openStage } from '../src/probe/stage.ts';
import type { Program, Runtime } from '../src/runtime/index.ts';
import { alternate, geometricMean, median } from './alternate.ts';
import { bareFastify } from './bare-fastify.ts';
import { cpuShares, monotonicUs } from './cpu-shares.ts';
import { lab1Program } from './lab-program.ts';
import type { Row } from './table.ts';

const least = 0.85;
const connections = 20;

/**
 * The cached route of lab 1, launched as `bench 1` does and filled before, over a route of a bare Fastify server that sends
 * the same bytes. Both log nothing at this load. Then a CPU profile of each tells where the time goes.
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
    // A TTL that no measurement outlasts: what is asked here is the price of a hit.
    const settings = { logLevel: 'warn', cacheTtlSeconds: 3600 } as const;
    const labProgram = await lab1Program(root, folder);
    const lab = await stage.openSet(labProgram).launch(settings);
    if (lab.kind === 'failed') throw new Error(lab.failure.message);
    const { url } = lab.server;
    const path = apiPath('subjects', plainSubjects(stage.school)[0]?.name ?? '', 'stats');
    const body = await (await fetch(`${url}${path}`)).text();
    const constantProgram = await bareFastify(folder, body);
    const constant = await runtime.launch({
      program: constantProgram,
      settings: {},
      registrarUrl: 'http://127.0.0.1:9',
    });
    if (constant.kind === 'failed') throw new Error(constant.failure.message);
    const load = connectLoad(service);
    const throughputOf = (of: string, at: string) => async () => {
      const job = { url: of, requests: [{ path: at }], connections, durationSeconds: seconds };
      const { throughput, failures } = await load.measure({ ...job, expectBody: body });
      if (failures.mismatches > 0 || failures.non2xx > 0)
        throw new Error(`${at} answers otherwise`);
      return throughput;
    };
    const profiled = async (name: string, program: Program, at: string): Promise<Row> => {
      const profiles = join(folder, `profile-${name}`);
      const args = ['--cpu-prof', '--cpu-prof-dir', profiles, entryOf(program)];
      const launched = await runtime.launch({
        program: { kind: 'command', command: process.execPath, args, cwd: folder },
        settings,
        registrarUrl: stage.origin.url,
      });
      if (launched.kind === 'failed') throw new Error(launched.failure.message);
      const { server } = launched;
      await throughputOf(server.url, at)();
      const fromUs = monotonicUs();
      const throughput = await throughputOf(server.url, at)();
      await server.stop();
      const shares = await cpuShares(profiles, { fromUs, toUs: fromUs + seconds * 1e6 });
      const perRequest = [...shares]
        .map(([owner, us]) => ({ owner, us: us / (throughput * seconds) }))
        .sort((left, right) => right.us - left.us);
      const all = perRequest.reduce((sum, { us }) => sum + us, 0);
      return {
        what: `CPU profile of ${name === 'lab' ? "lab 1's route" : 'the constant'}`,
        figure: `${all.toFixed(1)} µs a request`,
        against: perRequest.map(({ owner, us }) => `${owner} ${us.toFixed(1)}`).join(', '),
        within: true,
      };
    };
    const samples = {
      lab: throughputOf(url, path),
      bare: throughputOf(constant.server.url, '/constant'),
    };
    await alternate(samples, 1);
    const taken = await alternate(samples, rounds);
    const ratio = geometricMean(taken.lab.map((each, index) => each / (taken.bare[index] ?? 0)));
    return [
      {
        what: "lab 1's cached route",
        figure: `${median(taken.lab).toFixed(0)} req/s; a constant from bare Fastify ${median(taken.bare).toFixed(0)} req/s`,
        against: `ratio ${ratio.toFixed(2)} (goal at least ${least})`,
        within: ratio >= least,
      },
      await profiled('lab', labProgram, path),
      await profiled('constant', constantProgram, '/constant'),
    ];
  } finally {
    await service.stop();
    await stage.close();
  }
}

function entryOf(program: Program): string {
  return program.kind === 'node' ? program.entry : (program.args[0] ?? '');
}
