import type { LabSummary } from '../catalog/lab-list.ts';
import type { LabRow } from '../render/list.ts';
import type { ProgressRow } from '../render/progress.ts';
import { bestPoints, isPassed, labProgress, type Progress } from '../workspace/index.ts';

/** A lab beside what the learner has done in it. */
export function labRow(lab: LabSummary, progress: Progress): LabRow {
  const { position, finished, attempts, answers } = labProgress(progress, lab.number);
  const judged = attempts.length > 0 || Object.keys(answers).length > 0;
  const done = isDone(lab, progress);
  const started = judged || finished || position !== undefined;
  const step = lab.steps.find(({ id }) => id === position?.step);
  return {
    number: lab.number,
    title: lab.title,
    minutes: lab.minutes,
    state: done ? 'done' : started ? 'started' : 'new',
    points: judged ? bestPoints(progress, lab.number) : undefined,
    possible: possiblePoints(lab),
    ...(step !== undefined && { next: `continue at ${step.phase}` }),
  };
}

export function progressRow(lab: LabSummary, progress: Progress): ProgressRow {
  const { answers, attempts, hints } = labProgress(progress, lab.number);
  return {
    ...labRow(lab, progress),
    questions: lab.exercises.filter(({ kind }) => kind === 'question').length,
    questionsAnswered: Object.keys(answers).length,
    attempts: attempts.length,
    hints: Object.values(hints).reduce((sum, shown) => sum + shown, 0),
    notJudged: attempts.at(-1)?.notJudged ?? 0,
  };
}

/** Every code exercise has passed: questions add points, and do not hold anybody up. */
export function isDone(lab: LabSummary, progress: Progress): boolean {
  const code = lab.exercises.filter(({ kind }) => kind === 'code');
  return code.every(({ id }) => isPassed(progress, lab.number, id));
}

export function totals(rows: readonly LabRow[]): { points: number; possible: number } {
  return {
    points: rows.reduce((sum, row) => sum + (row.points ?? 0), 0),
    possible: rows.reduce((sum, row) => sum + row.possible, 0),
  };
}

/** The lab to go on with: the one last worked on if something of it is left, else the first after it that is not done. */
export function nextLab<Row extends LabSummary>(
  labs: readonly Row[],
  progress: Progress,
): Row | undefined {
  const last = labs.find((lab) => lab.number === progress.lastLab);
  if (last !== undefined) {
    // Its code may have passed while its guided run was left in the middle.
    const { position } = labProgress(progress, last.number);
    if (position !== undefined || !isDone(last, progress)) return last;
  }
  return labAfter(labs, progress, last?.number ?? 0);
}

/** The first lab after this one that is not done; where all after it are done, the first of those before it. */
export function labAfter<Row extends LabSummary>(
  labs: readonly Row[],
  progress: Progress,
  lab: number,
): Row | undefined {
  const open = labs.filter((one) => one.number !== lab && !isDone(one, progress));
  return open.find(({ number }) => number > lab) ?? open[0];
}

function possiblePoints(lab: LabSummary): number {
  return lab.exercises.reduce((sum, { points }) => sum + points, 0);
}
