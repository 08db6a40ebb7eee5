import type { Check } from '../kit/index.ts';
import type { CheckResult } from './verdict.ts';

/** Why a check is not run, as its needs did not pass; undefined when all of them did. */
export function blockedBy(
  { needs = [] }: Check,
  results: ReadonlyMap<string, CheckResult>,
): Pick<CheckResult, 'outcome' | 'waitsFor' | 'reason'> | undefined {
  const waitsFor = needs.filter((id) => results.get(id)?.outcome !== 'passed');
  if (waitsFor.length === 0) return undefined;
  // What this machine cannot judge is not held against the answer, nor is what builds on it.
  if (waitsFor.every((id) => results.get(id)?.outcome === 'not-judged')) {
    return {
      outcome: 'not-judged',
      reason: `It needs ${waitsFor.join(', ')}, which cannot be judged on this machine.`,
    };
  }
  return { outcome: 'skipped', waitsFor };
}
