import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { connectLoad } from '../src/load/client.ts';
import { createRuntime } from '../src/runtime/index.ts';
import { alternate, geometricMean, median } from './alternate.ts';
import { bareFastify } from './bare-fastify.ts';
import { startNginx } from './static-nginx.ts';
import { type Row, renderRows } from './table.ts';
import { type Loaded, loadWithWrk, missingTools } from './wrk.ts';

// Our load process against wrk, on the same servers in turn. Both are closed loops that keep every connection busy, and
// neither invents requests for coordinated omission; latency is from the write of a request until its answer was read.
const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
const missing = missingTools();
if (missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exit(3);
}
const { rounds, seconds, connectionCounts } = values.short
  ? { rounds: 1, seconds: 1, connectionCounts: [10] }
  : { rounds: 10, seconds: 2, connectionCounts: [10, 50] };
/** A percentile of ours over wrk's: the goal for the geometric mean of all alternations. */
const most = 1.25;

/** Below this share of what wrk gets out of the same server, ours is what holds it up. */
const bottleneckBelow = 0.9;

const root = process.cwd();
const cache = join(root, 'node_modules', '.cache', 'course-labs');
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(cache, 'generator-'));
const runtime = createRuntime({ distFolder: join(root, 'dist'), recordFolder: folder });
const rows: Row[] = [];

try {
  const launched = await runtime.launch({
    program: await bareFastify(folder),
    settings: {},
    registrarUrl: 'http://127.0.0.1:9',
  });
  if (launched.kind === 'failed') throw new Error(launched.failure.message);
  const fastify = `${launched.server.url}/healthz`;
  for (const connections of connectionCounts)
    rows.push(...(await compare('Fastify', fastify, connections)));
  await launched.server.kill();
  const nginx = await startNginx(folder, runtime);
  for (const connections of connectionCounts)
    rows.push(...(await compare('nginx', nginx, connections)));
} finally {
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${renderRows(rows)}\n`);
// A few samples judge nothing: there it only has to run.
process.exitCode = values.short || rows.every(({ within }) => within) ? 0 : 1;

/** The goal holds on a server that does some work; nginx does next to none, and shows where ours is the bottleneck. */
async function compare(
  server: 'Fastify' | 'nginx',
  url: string,
  connections: number,
): Promise<Row[]> {
  process.stderr.write(`Loading ${server} with ${connections} connections\n`);
  const ours: OwnLoaded[] = [];
  const theirs: Loaded[] = [];
  await alternate(
    {
      ours: async () => ours.push(await loadWithOurs(url, connections)),
      wrk: async () => theirs.push(await loadWithWrk(url, connections, seconds, folder)),
    },
    rounds,
  );
  const where = `${server}, ${connections} connections`;
  const rates = [ours, theirs].map((all) => median(all.map(({ throughput }) => throughput)));
  const ratioOf = (key: keyof Loaded) =>
    geometricMean(ours.map((each, index) => each[key] / (theirs[index]?.[key] ?? Number.NaN)));
  const cores = median(ours.map((each) => each.cores));
  const [own = 0, wrks = 0] = rates;
  const isBottleneck = own < bottleneckBelow * wrks;
  const percentiles = (['p50Ms', 'p90Ms', 'p99Ms'] as const).map((key): Row => {
    const both = [ours, theirs].map((all) => median(all.map((each) => each[key])).toFixed(3));
    const ratio = ratioOf(key);
    const isGoal = server === 'Fastify';
    return {
      what: `${where}: ${key.slice(0, -2)}`,
      figure: `${both[0]} ms; wrk ${both[1]} ms`,
      against: `ratio ${ratio.toFixed(2)}${isGoal ? ` (goal ${(1 / most).toFixed(2)} to ${most})` : ''}`,
      within: !isGoal || (ratio <= most && ratio >= 1 / most),
    };
  });
  return [
    {
      what: `${where}: throughput`,
      figure: `${own.toFixed(0)} req/s with ${cores.toFixed(2)} of a core; wrk ${wrks.toFixed(0)} req/s`,
      against: `ratio ${ratioOf('throughput').toFixed(2)}; ${isBottleneck ? 'our load is the bottleneck' : 'the server is the bottleneck'}`,
      within: true,
    },
    ...percentiles,
  ];
}

/** What ours came to, and how much of a core it took. */
interface OwnLoaded extends Loaded {
  cores: number;
}

async function loadWithOurs(url: string, connections: number): Promise<OwnLoaded> {
  const service = await runtime.startService('load');
  try {
    const load = connectLoad(service);
    const job = { url, requests: [{ path: '/healthz' }], connections };
    // wrk is compiled; ours is once it has run.
    await load.measure({ ...job, durationSeconds: 0.5 });
    const before = await service.usage();
    const startedAt = performance.now();
    const { throughput, latency } = await load.measure({ ...job, durationSeconds: seconds });
    const wallMs = performance.now() - startedAt;
    const after = await service.usage();
    const cpuMs = before && after ? after.cpuMs - before.cpuMs : Number.NaN;
    return { throughput, ...latency, cores: cpuMs / wallMs };
  } finally {
    await service.stop();
  }
}
