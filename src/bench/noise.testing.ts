import type { Random } from '../kit/index.ts';
import { measuredOf } from './figures.testing.ts';
import type { RoundsPlan } from './rounds.ts';

/** A machine as it is made up: what its measurements vary by. */
export interface Noise {
  random: Random;
  /** Of the logarithm of one measurement's throughput. */
  sigma: number;
  /** The true throughput of a variant, in answers a second. */
  throughputOf(variant: string): number;
  /** By which the machine gets faster from one measurement to the next, as a logarithm. */
  drift?: number;
  /** Of the logarithm of a server's speed, which it has from its start to its end. */
  starts?: number;
  /** Of the steps by which the machine's speed walks about, from one measurement to the next. */
  wander?: number;
}

/** Measures nothing: draws throughputs about the true ones, with lognormal noise. */
export function noisyMachine({
  random,
  sigma,
  throughputOf,
  drift = 0,
  starts = 0,
  wander = 0,
}: Noise): Pick<RoundsPlan, 'startAnew' | 'measure'> {
  const servers = new Map<string, number>();
  let speed = 0;
  return {
    startAnew: async () => servers.clear(),
    measure: async ({ variant }) => {
      speed += drift + wander * normal(random);
      const own = servers.get(variant) ?? starts * normal(random);
      servers.set(variant, own);
      // Not rounded: the noise is to be exactly what was asked for.
      return measuredOf(throughputOf(variant) * Math.exp(speed + own + sigma * normal(random)));
    },
  };
}

/** A standard normal number (Box and Muller, Annals of Mathematical Statistics 29, 1958). */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}
