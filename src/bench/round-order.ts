/**
 * In which order a round measures the variants. Machines get faster and slower while they run, and what comes first
 * must not always gain by it. Odd rounds go through the order of the round before backwards, so that after every two
 * rounds each variant stood at the same place on average; with more than two variants each pair of rounds also
 * starts one further on, so that after 2·n rounds each stood at every place equally often.
 */
export function roundOrder<T>(variants: readonly T[], round: number): T[] {
  const start = variants.length > 2 ? Math.floor(round / 2) % variants.length : 0;
  const order = [...variants.slice(start), ...variants.slice(0, start)];
  return round % 2 === 1 ? order.reverse() : order;
}
