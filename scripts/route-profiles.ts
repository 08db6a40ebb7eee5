import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { LoadResult } from '../src/load/job.ts';
import type { Program, RunningServer } from '../src/runtime/index.ts';
import { alternate } from './alternate.ts';
import { cpuShares, monotonicUs, type Window } from './cpu-shares.ts';
import type { Row } from './table.ts';

/** One server, and the route of it that is loaded. */
export interface Route {
  what: string;
  program: Program;
  path: string;
}

interface Place {
  /** For profiles. */
  folder: string;
  launch: (program: Program) => Promise<RunningServer>;
  load: (url: string, path: string) => Promise<LoadResult>;
  rounds: number;
}

/** What a request of each route takes of a core, and whose time it is: all under a profiler, and loaded by turns. */
export async function profileRoutes(routes: readonly Route[], place: Place): Promise<Row[]> {
  const profiled = [];
  for (const route of routes) profiled.push(await startProfiled(route, place));
  const samples = Object.fromEntries(profiled.map(({ what, sample }) => [what, sample]));
  // What is compiled in the first round is left out.
  await alternate(samples, 1);
  const begunUs = monotonicUs();
  await alternate(samples, place.rounds);
  const rows: Row[] = [];
  for (const { what, server, profiles, loads } of profiled) {
    // Profiles are written at the end.
    await server.stop();
    const counted = loads.filter(({ fromUs }) => fromUs >= begunUs);
    const requests = counted.reduce((sum, { answered }) => sum + answered, 0);
    rows.push(row(what, await cpuShares(profiles, counted), requests));
  }
  return rows;
}

async function startProfiled({ what, program, path }: Route, place: Place) {
  const profiles = await mkdtemp(join(place.folder, 'profile-'));
  const args = ['--cpu-prof', '--cpu-prof-dir', profiles, entryOf(program)];
  const command = { kind: 'command', command: process.execPath, args, cwd: place.folder } as const;
  const server = await place.launch(command);
  const loads: (Window & { answered: number })[] = [];
  const sample = async () => {
    const fromUs = monotonicUs();
    const { answered } = await place.load(server.url, path);
    loads.push({ fromUs, toUs: monotonicUs(), answered });
    return answered;
  };
  return { what, server, profiles, loads, sample };
}

function entryOf(program: Program): string {
  return program.kind === 'node' ? program.entry : (program.args[0] ?? '');
}

function row(what: string, shares: ReadonlyMap<string, number>, requests: number): Row {
  const perRequest = [...shares]
    .map(([owner, us]) => ({ owner, us: us / requests }))
    .sort((left, right) => right.us - left.us);
  const all = perRequest.reduce((sum, { us }) => sum + us, 0);
  return {
    what: `CPU profile of ${what}`,
    figure: `${all.toFixed(1)} µs a request`,
    against: perRequest.map(({ owner, us }) => `${owner} ${us.toFixed(1)}`).join(', '),
    within: true,
  };
}
