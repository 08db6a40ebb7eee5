import type { RunRecord } from '../kit/index.ts';
import type { StoredRun } from '../workspace/index.ts';

/** The run as it is to be stored: with the machine noted beside all that it has measured since it was stored last. */
export function measuredOn(machine: string, before: StoredRun, run: StoredRun): StoredRun {
  const fresh = (kind: 'benches' | 'experiments') =>
    changed(before.record[kind], run.record[kind]).map((step) => [step, machine] as const);
  const noted = [...fresh('benches'), ...fresh('experiments')];
  return { ...run, measuredOn: { ...before.measuredOn, ...Object.fromEntries(noted) } };
}

/** Other machines than this one on which a run was measured. */
export function otherMachines(run: StoredRun, here: string): string[] {
  return [...new Set(Object.values(run.measuredOn ?? {}))].filter((machine) => machine !== here);
}

type Results = RunRecord['benches'] | RunRecord['experiments'];

function changed(before: Results, now: Results): string[] {
  return Object.keys(now).filter((step) => now[step] !== before[step]);
}
