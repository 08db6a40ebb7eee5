import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { connectLoad, type Load } from '../src/load/client.ts';
import type { CommandProgram, RunningServer, Runtime } from '../src/runtime/index.ts';

/** What the servers of a benchmark run in. */
export interface Place {
  runtime: Runtime;
  folder: string;
}

export const connections = 20;

const source = `import fastify from 'fastify';
const steps = Number(process.argv[2]);
function compute() {
  let value = 1;
  for (let step = 0; step < steps; step += 1) value = (Math.imul(value, 1103515245) + 12345) | 0;
  return value;
}
const app = fastify();
app.get('/', async () => ({ value: compute() }));
app.get('/healthz', async () => ({ ok: true }));
await app.listen({ host: process.env.HOST, port: Number(process.env.PORT) });
`;

/**
 * A server that computes so many steps for each answer, each of which needs the result of the one before it. It neither
 * waits nor sleeps, so that more steps are less throughput, whatever the number of connections.
 */
async function computingServer(folder: string, steps: number): Promise<CommandProgram> {
  const file = join(folder, 'computing.mjs');
  await writeFile(file, source);
  return { kind: 'command', command: process.execPath, args: [file, String(steps)], cwd: folder };
}

/** Measures without the code of benchmarks. */
export async function measureOne(load: Load, server: RunningServer | undefined, seconds: number) {
  if (server === undefined) throw new Error('no server');
  const before = await server.usage();
  const job = { url: server.url, requests: [{ path: '/' }], connections, durationSeconds: seconds };
  const { throughput, answered } = await load.measure(job);
  const after = await server.usage();
  const cpuMs = before && after ? ((after.cpuMs - before.cpuMs) / answered) * 1000 : Number.NaN;
  return { throughput, cpuMs };
}

/** Starts a server that computes so many steps. */
export type StartComputing = (steps: number) => Promise<RunningServer>;

/** With a load process; ends it, and all servers that were started meanwhile. */
export async function withLoad<Result>(
  { runtime, folder }: Place,
  use: (start: StartComputing, load: Load) => Promise<Result>,
): Promise<Result> {
  const servers: RunningServer[] = [];
  const service = await runtime.startService('load');
  const start: StartComputing = async (steps) => {
    const program = await computingServer(folder, steps);
    const launch = { program, settings: {}, registrarUrl: 'http://127.0.0.1:9' };
    const launched = await runtime.launch(launch);
    if (launched.kind === 'failed') throw new Error(launched.failure.message);
    servers.push(launched.server);
    return launched.server;
  };
  try {
    return await use(start, connectLoad(service));
  } finally {
    await service.stop();
    await Promise.all(servers.map((server) => server.kill()));
  }
}

/** Starts the servers in this order, and a load process. */
export function withServers<Result>(
  place: Place,
  steps: readonly number[],
  use: (servers: readonly RunningServer[], load: Load) => Promise<Result>,
): Promise<Result> {
  return withLoad(place, async (start, load) => {
    const servers: RunningServer[] = [];
    for (const each of steps) servers.push(await start(each));
    return use(servers, load);
  });
}
