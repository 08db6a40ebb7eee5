import type { RunningServer } from '../src/runtime/index.ts';
import { alternate, pairedRatio } from './alternate.ts';
import { measureOne, type Place, withServers } from './computing-server.ts';

/** By so many percent the throughput is truly less; 0 is the baseline. */
export type Slowness = 0 | 5 | 10 | 20;
/** Steps that a server computes for each answer, by its slowness. */
export type Steps = Readonly<Record<Slowness, number>>;
export const slownesses: readonly Slowness[] = [0, 5, 10, 20];

/** Some 0.2 ms for each answer, several times of what all else costs: the server is the bottleneck, not the load. */
export const baseSteps = 150_000;

/**
 * Finds the steps. An answer costs `own + steps`, `own` being all that is not computed, in steps. Twice the steps have
 * the throughput r = (own + steps) / (own + 2 steps), from which own = steps (2r - 1) / (1 - r); and a throughput of
 * 1 - s of the baseline's takes a cost of (own + steps) / (1 - s). Whether that is so is measured by `verify`.
 */
export async function findSteps(place: Place, rounds: number, seconds: number): Promise<Steps> {
  const ratio = await withServers(
    place,
    [baseSteps, 2 * baseSteps],
    async ([once, twice], load) => {
      const sample = (server: RunningServer | undefined) => async () =>
        (await measureOne(load, server, seconds)).throughput;
      await sample(once)();
      await sample(twice)();
      const taken = await alternate({ twice: sample(twice), once: sample(once) }, rounds);
      return pairedRatio(taken.twice, taken.once);
    },
  );
  return stepsFor(ratio);
}

/**
 * @param ratio the throughput of twice the steps over that of the baseline. Below 0.5, where all is computed, and above
 *   0.75, where two thirds are not, it is what a disturbed machine made of it, and counts as that much.
 */
export function stepsFor(ratio: number): Steps {
  const likely = Math.min(0.75, Math.max(0.5, ratio));
  const own = (baseSteps * (2 * likely - 1)) / (1 - likely);
  const slower = (by: Slowness) =>
    Math.round(baseSteps + (own + baseSteps) * (1 / (1 - by / 100) - 1));
  return { 0: baseSteps, 5: slower(5), 10: slower(10), 20: slower(20) };
}

/** What one look at all of the servers showed, apart from any benchmark. */
export interface Verification {
  throughput: Readonly<Record<Slowness, number>>;
  /** Milliseconds of CPU time for 1,000 answers. */
  cpuMs: Readonly<Record<Slowness, number>>;
}

/** Measures all servers once, freshly started, there and back by turns. */
export function verify(place: Place, steps: Steps, turn: number): Promise<Verification> {
  const order = turn % 2 === 0 ? slownesses : slownesses.toReversed();
  return withServers(
    place,
    order.map((by) => steps[by]),
    async (servers, load) => {
      const found = { throughput: {}, cpuMs: {} } as Record<
        keyof Verification,
        Record<Slowness, number>
      >;
      for (const server of servers) await measureOne(load, server, 0.5);
      for (const [index, by] of order.entries()) {
        const { throughput, cpuMs } = await measureOne(load, servers[index], 1);
        found.throughput[by] = throughput;
        found.cpuMs[by] = cpuMs;
      }
      return found;
    },
  );
}
