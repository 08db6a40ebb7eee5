import type { Lab } from '../catalog/types.ts';
import { comparePredictions } from '../grading/predictions.ts';
import type { NextCommand } from '../render/layout.ts';
import {
  labProgress,
  latestCompleteRun,
  readProgress,
  type Workspace,
} from '../workspace/index.ts';
import type { Session } from './session.ts';

/** How good the predictions of the latest run were, in a sentence; nothing where none was given. */
export async function predictionNotes(
  session: Session,
  workspace: Workspace,
  lab: Lab,
): Promise<string[]> {
  const run = await latestCompleteRun(workspace, lab.number, session.warn);
  if (run === undefined) return [];
  const compared = comparePredictions(lab.steps, await lab.lesson(), run.record);
  const given = compared.filter(({ close }) => close !== undefined);
  if (given.length === 0) return [];
  const close = given.filter((one) => one.close).length;
  return [`Your predictions in this lab: ${close} of ${given.length} close.`];
}

/** What to type after a grade. */
export async function nextCommands(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  passed: boolean,
): Promise<NextCommand[]> {
  const { program } = session.theme;
  if (!passed) {
    return [
      { label: 'Grade again', command: `${program} check-answer ${lab.number}` },
      { label: 'Grade at each save', command: `${program} watch ${lab.number}` },
    ];
  }
  const { labs } = await session.catalog();
  const next = labs[labs.indexOf(lab) + 1];
  const measure = {
    label: 'Measure your server',
    command: `${program} bench ${lab.number} --mine`,
  };
  const others = {
    label: 'Other right answers, beside yours',
    command: `${program} solution ${lab.number}`,
  };
  const { position } = labProgress(await readProgress(workspace, session.warn), lab.number);
  const rest =
    position === undefined
      ? []
      : [{ label: 'The rest of its guided run', command: `${program} run ${lab.number}` }];
  if (next === undefined) return [measure, others, ...rest];
  const label = `Next: ${next.number} ${next.title} (${next.minutes} min)`;
  return [measure, others, ...rest, { label, command: `${program} run ${next.number}` }];
}
