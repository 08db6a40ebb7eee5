import type { Scenario } from '../kit/index.ts';
import type { Stage } from './stage.ts';

/** Makes a stage's origin what a scenario wants it to be: its costs, then what the scenario prepares. */
export async function readyOrigin(
  { origin, school }: Pick<Stage, 'origin' | 'school'>,
  scenario: Pick<Scenario, 'origin' | 'prepare'>,
): Promise<void> {
  await origin.configure(scenario.origin);
  await scenario.prepare?.(origin, school);
}
