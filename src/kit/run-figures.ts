import type { BenchFigures, VariantSummary } from './bench-report.ts';
import type { ExperimentResult, RunRecord } from './run-record.ts';

/** The figures of a run's benchmark. Throws where the step left none, or they were refused. */
export function benchFigures(run: RunRecord, step: string): BenchFigures {
  const report = run.benches[step];
  if (report?.kind !== 'figures') throw new Error(`run ${run.id} has no figures of ${step}`);
  return report;
}

/** One variant's figures in a run's benchmark. Throws where there are none. */
export function variantFigures(run: RunRecord, step: string, variant: string): VariantSummary {
  const found = benchFigures(run, step).variants.find((summary) => summary.variant === variant);
  if (!found) throw new Error(`run ${run.id} has no variant ${variant} in ${step}`);
  return found;
}

/**
 * What a run's experiment left for questions and texts, in the shape that the lab's own experiment wrote. Throws where
 * there is none.
 */
export function experimentData<Data>(run: RunRecord, step: string): Data {
  const result: ExperimentResult | undefined = run.experiments[step];
  if (!result) throw new Error(`run ${run.id} has no experiment ${step}`);
  return result.data as Data;
}
