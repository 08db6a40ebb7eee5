import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

/** What Node writes at its end under `--cpu-prof`. Times in microseconds. */
interface CpuProfile {
  nodes: readonly {
    id: number;
    callFrame: { functionName: string; url: string };
    children?: readonly number[];
  }[];
  /** On the monotonic clock, which all processes share. */
  startTime: number;
  samples: readonly number[];
  timeDeltas: readonly number[];
}

/** A stretch of time between two moments of `monotonicUs`. */
export interface Window {
  fromUs: number;
  toUs: number;
}

/** Where Node hands an answer to the system; most of what a short answer costs. */
const systemWrites = /^write(v|Buffer|(Utf8|Latin1|Ascii|Ucs2)String)$/;

/** Part of a path, and whose time it is; the first that fits. */
const owners: readonly (readonly [part: string, owner: string])[] = [
  ['node:', "Node's http and streams"],
  ['/node_modules/node-cache/', 'node-cache'],
  ['/node_modules/pino/', 'pino'],
  ['/node_modules/sonic-boom/', 'pino'],
  ['/fastify', 'Fastify'],
  ['/node_modules/', 'Fastify'],
];

/** Now, on the clock of profiles. */
export function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/**
 * Microseconds that each part of a server took in some windows of its profile, the only one in the folder. What native code
 * took counts for who called it, but for writes to sockets; idle time is left out.
 */
export async function cpuShares(
  folder: string,
  windows: readonly Window[],
): Promise<ReadonlyMap<string, number>> {
  const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.cpuprofile'));
  const profile = JSON.parse(await readFile(join(folder, file), 'utf8')) as CpuProfile;
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const ownerOf = (id: number | undefined): string => {
    const frame = id === undefined ? undefined : nodes.get(id)?.callFrame;
    if (frame === undefined) return 'other';
    if (frame.functionName === '(garbage collector)') return 'garbage collection';
    if (frame.functionName === '(program)') return "Node's native code";
    if (frame.functionName === '(idle)') return 'idle';
    if (frame.url === '' && systemWrites.test(frame.functionName)) return "the system's writes";
    if (frame.url === '') return ownerOf(id === undefined ? undefined : parents.get(id));
    return owners.find(([part]) => frame.url.includes(part))?.[1] ?? "the server's own code";
  };
  const shares = new Map<string, number>();
  let atUs = profile.startTime;
  profile.samples.forEach((id, index) => {
    const tookUs = profile.timeDeltas[index] ?? 0;
    atUs += tookUs;
    const owner = ownerOf(id);
    if (owner === 'idle') return;
    if (!windows.some(({ fromUs, toUs }) => fromUs <= atUs && atUs <= toUs)) return;
    shares.set(owner, (shares.get(owner) ?? 0) + tookUs);
  });
  return shares;
}
