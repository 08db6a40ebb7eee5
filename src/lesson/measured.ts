import type { RunRecord, Step } from '../kit/index.ts';

/** Every measurement of the demonstration server is in the record: questions can be answered from it. */
export function isComplete(steps: readonly Step[], record: RunRecord): boolean {
  return steps.every((step) => {
    if (step.kind === 'experiment') return step.id in record.experiments;
    if (step.kind !== 'bench' || step.server !== 'demonstration') return true;
    return record.benches[step.id]?.kind === 'figures';
  });
}
