/** What a share of 0 to 1 may truly be. */
export interface ShareInterval {
  low: number;
  high: number;
}

/**
 * The exact interval for a share of which `hits` of `count` were seen (Clopper and Pearson, "The use of confidence or
 * fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934). `count` is 1 or more.
 */
export function shareInterval(hits: number, count: number, level = 0.95): ShareInterval {
  const outside = (1 - level) / 2;
  return {
    // So few, that as many as were seen come with half of what is outside; so many, that as few as were seen do.
    low: hits === 0 ? 0 : 1 - largestShare(count - hits, count, outside),
    high: largestShare(hits, count, outside),
  };
}

/** The share that is not exceeded with the given confidence: with 0 of n some 3/n, "the rule of three". */
export function shareAtMost(hits: number, count: number, level = 0.95): number {
  return count === 0 ? 1 : largestShare(hits, count, 1 - level);
}

/** P(X <= hits) of `count` trials with the share `share`. */
export function probabilityUpTo(hits: number, count: number, share: number): number {
  if (share <= 0 || hits >= count) return 1;
  if (share >= 1) return 0;
  // As logarithms: the first term of 3,000 trials may be below what a double holds.
  const odds = Math.log(share) - Math.log1p(-share);
  let term = count * Math.log1p(-share);
  let sum = Math.exp(term);
  for (let index = 1; index <= hits; index += 1) {
    term += odds + Math.log((count - index + 1) / index);
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}

/** The share with which as few hits as these have the probability `outside`. */
function largestShare(hits: number, count: number, outside: number): number {
  if (hits >= count) return 1;
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (probabilityUpTo(hits, count, middle) > outside) low = middle;
    else high = middle;
  }
  return high;
}
