import { existsSync } from 'node:fs';
import type { Lab } from '../catalog/types.ts';
import type { LessonEnd } from '../lesson/run-lesson.ts';
import { renderOpenEnd, renderResumed } from '../render/resumed.ts';
import {
  isPassed,
  type Progress,
  readProgress,
  recordFinished,
  recordPosition,
  runLogFile,
  type StoredRun,
  type Workspace,
} from '../workspace/index.ts';
import { otherMachines } from './measured-on.ts';
import type { Session } from './session.ts';

/** A run that went to its end is over; where its code has not passed, it goes on at the edit. */
export function endOfRun(progress: Progress, lab: Lab, run: number): Progress {
  const finished = recordFinished(progress, lab.number);
  const edit = openEdit(progress, lab);
  return edit === undefined
    ? finished
    : recordPosition(finished, lab.number, { step: edit.id, run });
}

/** Says that a run goes on where it was left, and what is different on another machine. */
export async function sayResumed(
  session: Session,
  workspace: Workspace,
  run: StoredRun,
): Promise<void> {
  const { lab, experiments } = run.record;
  const logged = Object.entries(experiments).filter(([, { exhibit }]) =>
    exhibit.commands?.some((command) => command.includes('{{log}}')),
  );
  const model = {
    lab,
    machines: otherMachines(run, session.context.machine()),
    logsMissing: logged.some(([step]) => !existsSync(runLogFile(workspace.root, run.id, step))),
  };
  session.print(renderResumed(model, session.theme));
}

/** After a run: how to go on, where it was left or its code has not passed. */
export async function sayWhatIsOpen(
  session: Session,
  workspace: Workspace,
  lab: Lab,
  end: LessonEnd,
): Promise<void> {
  const command = `${session.theme.program} run ${lab.number}`;
  const say = (sentence: string) =>
    session.print(`${renderOpenEnd({ sentence, command }, session.theme)}\n`);
  if (end.kind === 'left') {
    const phase = lab.steps.find(({ id }) => id === end.at)?.phase ?? end.at;
    say(`Left at ${phase}. All that you did is kept.`);
    return;
  }
  const edit = openEdit(await readProgress(workspace, session.warn), lab);
  if (edit !== undefined) {
    say(`${edit.exercise} has not passed yet: this run goes on at its edit.`);
  }
}

function openEdit(progress: Progress, lab: Lab) {
  return lab.steps.find(
    (step) => step.kind === 'edit' && !isPassed(progress, lab.number, step.exercise),
  ) as Extract<Lab['steps'][number], { kind: 'edit' }> | undefined;
}
