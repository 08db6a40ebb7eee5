/** Something that is timed or counted; gives one figure. */
export type Sample = () => Promise<number>;

/**
 * Takes `rounds` samples of each, one after the other and again (a, b, c, a, b, c, ...), so that what disturbs the machine
 * disturbs all of them alike. Gives the samples by name, in order.
 */
export async function alternate<Name extends string>(
  samples: Readonly<Record<Name, Sample>>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(samples) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) taken[name].push(await samples[name]());
  }
  return taken;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  if (Number.isInteger(middle)) return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return sorted[Math.floor(middle)] ?? 0;
}

/** The median of the pairs' ratios. */
export function pairedRatio(left: readonly number[], right: readonly number[]): number {
  return median(left.map((value, index) => value / (right[index] ?? Number.NaN)));
}

/** The median of the pairs' differences. */
export function pairedDifference(left: readonly number[], right: readonly number[]): number {
  return median(left.map((value, index) => value - (right[index] ?? Number.NaN)));
}

export function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
