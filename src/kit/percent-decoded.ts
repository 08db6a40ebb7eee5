/** A text with its percent-encoded parts decoded. */
export interface PercentDecoded {
  text: string;
  /** Where the character at this index of the decoded text begins in the source. */
  sourceOf(index: number): number;
}

/** Where a decoded run stands; up to the next one all indexes differ by the same amount. */
interface Run {
  /** In the decoded text. */
  start: number;
  decoded: string;
  /** In the source. */
  at: number;
}

/** Decodes every run of `%XX` that is UTF-8 (RFC 3986, 2.1), and leaves the rest as it is; undefined where there is none. */
export function percentDecoded(source: string): PercentDecoded | undefined {
  if (!source.includes('%')) return undefined;
  const runs: Run[] = [];
  let shrunk = 0;
  const text = source.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run: string, at: number) => {
    const decoded = decode(run);
    if (decoded === undefined) return run;
    runs.push({ start: at - shrunk, decoded, at });
    shrunk += run.length - decoded.length;
    return decoded;
  });
  if (runs.length === 0) return undefined;
  return { text, sourceOf: (index) => sourceIndex(runs, index) };
}

function decode(run: string): string | undefined {
  try {
    return decodeURIComponent(run);
  } catch {
    return undefined;
  }
}

function sourceIndex(runs: readonly Run[], index: number): number {
  const run = lastUpTo(runs, index);
  if (run === undefined) return index;
  const { start, decoded, at } = run;
  // Each byte took three characters.
  const before = 3 * Buffer.byteLength(decoded.slice(0, index - start));
  return at + before + Math.max(0, index - start - decoded.length);
}

/** The last run that begins at the index or before it, by halving. */
function lastUpTo(runs: readonly Run[], index: number): Run | undefined {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[middle] as Run).start <= index) low = middle + 1;
    else high = middle;
  }
  return runs[low - 1];
}
