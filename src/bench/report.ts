import type { BenchFigures, Latency, Measurement, Speedup, VariantSummary } from '../kit/index.ts';
import { estimateRatio, sumOf } from './statistics.ts';

/** What a report is made of. */
export interface ReportInput extends Pick<BenchFigures, 'title' | 'options' | 'server'> {
  /** The first is the baseline; each must have been measured. */
  variants: readonly { name: string; label: string }[];
  measurements: readonly Measurement[];
  /** Over all answers of a variant, from its series: percentiles of rounds cannot be put together. */
  latency: ReadonlyMap<string, Latency>;
}

/** Sums up measurements that are worth showing. With one round there is no interval, and so there are no speed-ups. */
export function benchFigures(input: ReportInput): BenchFigures {
  const { title, options, server, variants, measurements, latency } = input;
  const byVariant = new Map(
    variants.map(({ name }) => [name, measurements.filter(({ variant }) => variant === name)]),
  );
  return {
    kind: 'figures',
    title,
    options,
    server,
    variants: variants.map(({ name, label }) => {
      const overall = latency.get(name);
      if (overall === undefined) throw new Error(`bench: no latency of variant ${name}`);
      return summarise(name, label, overall, byVariant.get(name) ?? []);
    }),
    speedups: speedupsOf(
      variants.map(({ name }) => name),
      byVariant,
    ),
    measurements,
  };
}

function summarise(
  variant: string,
  label: string,
  latency: Latency,
  rounds: readonly Measurement[],
): VariantSummary {
  const total = (pick: (measurement: Measurement) => number) => sumOf(rounds.map(pick));
  const sent = total((round) => round.sent);
  const answered = total((round) => round.answered);
  const originCalls = total((round) => round.originCalls);
  const cpuMs = known(rounds.map((round) => round.cpuMs));
  const memory = known(rounds.map((round) => round.memoryBytes));
  const logBytes = known(rounds.map((round) => round.logBytes));
  return {
    variant,
    label,
    throughput: answered / total((round) => round.durationSeconds),
    latency,
    sent,
    answered,
    originCalls,
    // A server may ask its origin more than once for a request.
    hitRate: Math.min(1, Math.max(0, 1 - originCalls / sent)),
    cpuMsPer1000Requests: cpuMs && (sumOf(cpuMs) / answered) * 1000,
    memoryBytes: memory && Math.max(...memory),
    ...(logBytes && { logBytesPerRequest: sumOf(logBytes) / sent }),
    failed: total(({ failures }) => sumOf(Object.values(failures))),
  };
}

function speedupsOf(
  [baseline, ...others]: readonly string[],
  byVariant: ReadonlyMap<string, readonly Measurement[]>,
): Speedup[] {
  const throughputs = (variant: string) =>
    new Map(byVariant.get(variant)?.map(({ round, throughput }) => [round, throughput]));
  if (baseline === undefined) return [];
  const base = throughputs(baseline);
  if (base.size < 2) return [];
  return others.map((variant) => {
    const own = throughputs(variant);
    // Paired by round: both were measured within seconds, so what slowed the machine slowed both.
    const ratios = [...base].map(([round, throughput]) => (own.get(round) ?? 0) / throughput);
    return { variant, baseline, ...estimateRatio(ratios) };
  });
}

/** All values, or undefined where one is missing: a sum of some would look like little. */
function known(values: readonly (number | undefined)[]): number[] | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length > 0 && there.length === values.length ? there : undefined;
}
