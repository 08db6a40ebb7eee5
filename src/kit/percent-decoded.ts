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

/** Percent-encoded bytes that are well-formed UTF-8, a character each (RFC 3629, section 4). */
const tail = '%[89ab][0-9a-f]';
const characters = [
  '%[0-7][0-9a-f]',
  `%(?:c[2-9a-f]|d[0-9a-f])${tail}`,
  `%e0%[ab][0-9a-f]${tail}`,
  `%(?:e[1-9a-c]|e[ef])${tail}${tail}`,
  `%ed%[89][0-9a-f]${tail}`,
  `%f0%[9ab][0-9a-f]${tail}${tail}`,
  `%f[1-3]${tail}${tail}${tail}`,
  `%f4%8[0-9a-f]${tail}${tail}`,
];
const encoded = new RegExp(`(?:${characters.join('|')})+`, 'gi');

/**
 * Decodes all `%XX` that are UTF-8 (RFC 3986, 2.1), and leaves the rest as it is: a byte that is none hides nothing of
 * what stands beside it. Undefined where there is none.
 */
export function percentDecoded(source: string): PercentDecoded | undefined {
  if (!source.includes('%')) return undefined;
  const runs: Run[] = [];
  let shrunk = 0;
  const text = source.replaceAll(encoded, (run: string, at: number) => {
    const decoded = decodeURIComponent(run);
    runs.push({ start: at - shrunk, decoded, at });
    shrunk += run.length - decoded.length;
    return decoded;
  });
  if (runs.length === 0) return undefined;
  return { text, sourceOf: (index) => sourceIndex(runs, index) };
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
