import type { RunRecord, Step } from '../kit/index.ts';

/** Every measurement of the demonstration server is in the record: questions can be answered from it. */
export function isComplete(steps: readonly Step[], record: RunRecord): boolean {
  return steps.every((step) => {
    if ((step.kind !== 'experiment' && step.kind !== 'bench') || step.server === 'mine')
      return true;
    if (step.kind === 'experiment') return step.id in record.experiments;
    return record.benches[step.id]?.kind === 'figures';
  });
}
