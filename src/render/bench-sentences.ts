import type { BenchFigures, Speedup, VariantSummary } from '../kit/index.ts';
import {
  count,
  megabytes,
  milliseconds,
  notAvailable,
  number,
  percent,
  ratio,
  ratioFigure,
} from './format.ts';
import { paragraph, stack } from './layout.ts';
import type { Theme } from './theme.ts';

/** What the benchmark says in one sentence for each variant against the baseline. */
export function benchAnswer(report: BenchFigures, theme: Theme): string[] {
  return report.speedups.map((speedup) => {
    const label = labelOf(report, speedup.variant);
    const baseline = labelOf(report, speedup.baseline);
    if (!speedup.differs) {
      return `${label} against ${baseline}: no difference shown (${interval(speedup)}).`;
    }
    const times = theme.style.strong(ratio(speedup.ratio, theme.symbols));
    return `${label}: ${times} the answers a second of ${baseline} (${interval(speedup)}).`;
  });
}

/** `95 % interval 43.9 to 47.8` */
function interval({ interval: { low, high, level } }: Speedup): string {
  return `${number(level * 100)} % interval ${ratioFigure(low)} to ${ratioFigure(high)}`;
}

/** The whole benchmark in sentences, for `--plain`: the answer, then a paragraph for each variant. */
export function benchSentences(report: BenchFigures, theme: Theme, maxNote?: string): string[] {
  return stack(
    benchAnswer(report, theme).flatMap((text) => paragraph(text, theme)),
    ...report.variants.map((variant, index) => {
      const last = index === report.variants.length - 1 ? maxNote : undefined;
      return paragraph(variantSentences(report, variant, last).join(' '), theme);
    }),
  );
}

function variantSentences(
  report: BenchFigures,
  variant: VariantSummary,
  maxNote: string | undefined,
): string[] {
  const { latency } = variant;
  const max = `the slowest took ${milliseconds(latency.maxMs)}${maxNote === undefined ? '' : ` (${maxNote})`}`;
  const perCall = answersPerCall(variant);
  const cpu = variant.cpuMsPer1000Requests;
  return [
    `${variant.label}: ${number(variant.throughput)} answers a second.`,
    `Latency: ${milliseconds(latency.meanMs)} on average; half of the answers within ${milliseconds(latency.p50Ms)},` +
      ` 90 % within ${milliseconds(latency.p90Ms)}, 95 % within ${milliseconds(latency.p95Ms)},` +
      ` 99 % within ${milliseconds(latency.p99Ms)}; ${max}.`,
    `${count(variant.originCalls, 'call')} to the origin${perCall === undefined ? '' : `, ${perCall}`}.`,
    hasHits(report, variant) ? `Hit rate ${percent(variant.hitRate)}.` : 'No hits.',
    `Server CPU: ${cpu === undefined ? notAvailable : `${cpuText(cpu)} ms for 1,000 requests`}.`,
    `Memory: ${megabytes(variant.memoryBytes)}.`,
    `Failed: ${number(variant.failed)}.`,
  ];
}

/** `1 for every 4,818 answers`; undefined where each answer took a call. */
export function answersPerCall({ answered, originCalls }: VariantSummary): string | undefined {
  if (originCalls === 0 || answered < originCalls * 1.5) return undefined;
  return `1 for every ${number(answered / originCalls)} answers`;
}

/**
 * Whether anything was answered without the origin. Up to one request a connection and round is in flight when a round
 * ends: sent, but not yet at the origin. Those are no hits.
 */
export function hasHits({ options }: BenchFigures, { sent, originCalls }: VariantSummary): boolean {
  return sent - originCalls > options.connections * options.rounds;
}

/** CPU milliseconds with sensible digits: `410`, `4.1`. */
export function cpuText(value: number): string {
  return number(value, value < 10 ? 1 : 0);
}

function labelOf(report: BenchFigures, name: string): string {
  return report.variants.find(({ variant }) => variant === name)?.label ?? name;
}
