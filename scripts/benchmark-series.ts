import { sumOf } from '../src/bench/statistics.ts';
import { studentT } from '../src/bench/student-t.ts';
import type { BenchReport } from '../src/kit/index.ts';
import { median } from './alternate.ts';
import type { Slowness, Steps, Verification } from './known-slowness.ts';
import { estimateMedian, type MedianEstimate } from './median-interval.ts';
import { shareInterval } from './shares.ts';
import type { Row } from './table.ts';

/** What is benchmarked again and again. */
export interface Series {
  name: string;
  /** Percent by which the second variant is truly slower; 0: nothing is to be seen. */
  slower: Slowness;
  /** It is benchmarked in one turn of so many. */
  every: number;
}

/** What the ledger of the statistics holds. */
export type Entry =
  | { kind: 'steps'; steps: Steps }
  | ({ kind: 'verification' } & Verification)
  | { kind: 'refused'; series: string; reason: string }
  | ({ kind: 'benchmark'; series: string } & Benchmarked);

/** One benchmark, with all that it was made of: so that it can be seen what went wrong. */
export interface Benchmarked {
  ratio: number;
  low: number;
  high: number;
  /** By variant and round, in answers a second. */
  throughputs: readonly (readonly number[])[];
}

/** What the ledger keeps of a report. One that was refused says nothing about statistics, but is counted. */
export function entryOf({ name }: Series, report: BenchReport): Entry {
  if (report.kind === 'refused') return { kind: 'refused', series: name, reason: report.reason };
  const [speedup] = report.speedups;
  if (speedup === undefined) throw new Error('a benchmark of two variants has a speed-up');
  const { ratio, interval } = speedup;
  const throughputs = report.variants.map(({ variant }) =>
    report.measurements
      .filter((each) => each.variant === variant)
      .map(({ throughput }) => Math.round(throughput * 10) / 10),
  );
  const { low, high } = interval;
  return { kind: 'benchmark', series: name, ratio, low, high, throughputs };
}

/** Benchmarks of a series that are in the ledger. */
export function benchmarksOf({ name }: Series, entries: readonly Entry[]): Benchmarked[] {
  return entries.flatMap((each) =>
    each.kind === 'benchmark' && each.series === name ? [each] : [],
  );
}

/** How many benchmarks of a series there are to be after so many turns. */
export const wantedAfter = ({ every }: Pick<Series, 'every'>, turns: number) =>
  Math.ceil(turns / every);

/** The share of equal variants that must show no difference, by the design: in 100 of them, so many. */
const goal = 0.9;
const series = 100;

/** The line of one series. */
export function rowOfSeries(of: Series, entries: readonly Entry[]): Row {
  const done = benchmarksOf(of, entries);
  const count = done.length;
  const refused = entries.filter((each) => each.kind === 'refused' && each.series === of.name);
  const without = refused.length === 0 ? '' : `; refused ${refused.length}`;
  if (count === 0)
    return { what: of.name, figure: `none yet${without}`, against: '', within: true };
  const halves = done.map(({ low, high }) => (Math.sqrt(high / low) - 1) * 100);
  const typical = `ratio ${median(done.map(({ ratio }) => ratio)).toFixed(3)} ± ${median(halves).toFixed(1)} %${toldOf(spread(done))}`;
  const slower = done.filter(({ high }) => high < 1).length;
  const faster = done.filter(({ low }) => low > 1).length;
  if (of.slower === 0) {
    const hits = count - slower - faster;
    return {
      what: of.name,
      figure: `no difference shown: ${shareOf(hits, count)}; median ${typical}`,
      against: `goal ${goal * 100} %; taken for slower ${slower}, for faster ${faster}${without}`,
      // With fewer benchmarks only what rules the goal out counts against it: chance alone must not.
      within: count >= series ? hits / count >= goal : shareInterval(hits, count).high >= goal,
    };
  }
  const truth = trueRatio(of.slower, entries);
  const aim = truth?.value ?? 1 - of.slower / 100;
  const held = done.filter(({ low, high }) => low <= aim && aim <= high).length;
  return {
    what: of.name,
    figure: `seen: ${shareOf(slower, count)}; median ${typical}`,
    against: `${aimedAt(of.slower, entries)}, held by ${held} intervals; taken for faster ${faster}${without}`,
    within: shareInterval(faster, count).low <= 0.025,
  };
}

/** The ratio of the throughputs as it was seen apart from the benchmarks; undefined below six looks. */
export function trueRatio(slower: Slowness, entries: readonly Entry[]): MedianEstimate | undefined {
  return estimateMedian(
    looksOf(entries).map(({ throughput }) => throughput[slower] / throughput[0]),
  );
}

function looksOf(entries: readonly Entry[]): Verification[] {
  return entries.flatMap((each) => (each.kind === 'verification' ? [each] : []));
}

/**
 * How far the ratios of benchmarks spread, over what their intervals say: the standard deviation of the logarithms, and
 * the root of the mean of the squared standard errors. 1 where the intervals are honest; above it, where benchmarks
 * differ by something that the rounds of one do not show, such as two starts of one program that are not equally fast.
 * Undefined below 6 benchmarks.
 */
export function spread(done: readonly Benchmarked[]): number | undefined {
  const count = done.length;
  if (count < 6) return undefined;
  const logs = done.map(({ ratio }) => Math.log(ratio));
  const mean = sumOf(logs) / count;
  const seen = sumOf(logs.map((log) => (log - mean) ** 2)) / (count - 1);
  const claimed = done.map(({ low, high, throughputs: [first = []] }) => {
    const half = Math.log(high / low) / 2;
    return (half / studentT(first.length - 1, 0.95)) ** 2;
  });
  return Math.sqrt(seen / (sumOf(claimed) / count));
}

function toldOf(factor: number | undefined): string {
  return factor === undefined ? '' : `, spread ${factor.toFixed(2)}`;
}

function shareOf(hits: number, count: number): string {
  const { low, high } = shareInterval(hits, count);
  const percent = (share: number) => (share * 100).toFixed(0);
  return `${hits} of ${count} (${percent(low)} to ${percent(high)} %)`;
}

function aimedAt(slower: Slowness, entries: readonly Entry[]): string {
  const truth = trueRatio(slower, entries);
  if (truth === undefined) return `aimed at ${(1 - slower / 100).toFixed(2)}, not verified`;
  const cpu = median(looksOf(entries).map(({ cpuMs }) => cpuMs[0] / cpuMs[slower]));
  const [value, low, high, byCpu] = [truth.value, truth.low, truth.high, cpu].map((each) =>
    each.toFixed(3),
  );
  return `truly ${value} (${low} to ${high}; by CPU time ${byCpu})`;
}
