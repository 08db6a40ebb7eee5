import { createRandom } from '../kit/index.ts';
import { runBench } from './bench.ts';
import { latencyOfMs } from './figures.testing.ts';
import { type Noise, noisyMachine } from './noise.testing.ts';

export interface SimulationPlan extends Omit<Noise, 'random' | 'throughputOf'> {
  benchmarks: number;
  rounds: number;
  /** The second variant's true throughput, the first one's being 1. */
  ratio: number;
  seed: number;
}

/** How many of the benchmarks said what. */
export interface Simulated {
  benchmarks: number;
  /** The interval holds the true ratio. */
  held: number;
  /** "No difference shown". */
  noDifference: number;
}

/** Runs whole benchmarks, rounds and report, on a machine that is made up. */
export async function simulate(plan: SimulationPlan): Promise<Simulated> {
  const { benchmarks, rounds, ratio, seed, ...noise } = plan;
  const random = createRandom(seed);
  const simulated: Simulated = { benchmarks, held: 0, noDifference: 0 };
  for (let index = 0; index < benchmarks; index += 1) {
    const report = await runBench({
      title: 'GET /',
      server: 'demonstration',
      path: '/',
      variants: [
        { name: 'first', label: 'first' },
        { name: 'second', label: 'second' },
      ],
      options: { rounds, durationSeconds: 1, connections: 20, warmUpSeconds: 1 },
      ...noisyMachine({
        ...noise,
        random,
        throughputOf: (variant) => (variant === 'second' ? 1000 * ratio : 1000),
      }),
      load: { reset() {}, latency: async () => latencyOfMs(1) },
    });
    if (report.kind === 'refused') throw new Error(report.reason);
    for (const { interval, differs } of report.speedups) {
      if (interval.low <= ratio && ratio <= interval.high) simulated.held += 1;
      if (!differs) simulated.noDifference += 1;
    }
  }
  return simulated;
}
