import type { Attempt, LabProgress, Progress, StoredAnswer } from './types.ts';

/** Of a learner who has not begun. */
export const emptyProgress: Progress = { labs: {}, lastLab: undefined };

const emptyLab: LabProgress = {
  position: undefined,
  finished: false,
  answers: {},
  hints: {},
  attempts: [],
};

/** What there is about one lab; of one that was never opened, nothing but its beginning. */
export function labProgress(progress: Progress, lab: number): LabProgress {
  return progress.labs[lab] ?? emptyLab;
}

/** Adds a grading of a code exercise. */
export function recordAttempt(progress: Progress, lab: number, attempt: Attempt): Progress {
  const { attempts } = labProgress(progress, lab);
  return withLab(progress, lab, { attempts: [...attempts, attempt] });
}

/** Keeps the answer to a question in place of the one before. */
export function recordAnswer(
  progress: Progress,
  lab: number,
  exercise: string,
  answer: StoredAnswer,
): Progress {
  const { answers } = labProgress(progress, lab);
  return withLab(progress, lab, { answers: { ...answers, [exercise]: answer } });
}

/** Counts one hint more, up to 3, whatever somebody has written in place of the number. */
export function recordHint(progress: Progress, lab: number, exercise: string): Progress {
  const { hints } = labProgress(progress, lab);
  const before = Math.max(0, Math.floor(hints[exercise] ?? 0));
  const shown = Math.min(3, before + 1);
  return withLab(progress, lab, { hints: { ...hints, [exercise]: shown } });
}

/** The right answers were shown before one's own had passed; the first time counts. */
export function recordGivenUp(progress: Progress, lab: number, at: string): Progress {
  return withLab(progress, lab, { givenUpAt: labProgress(progress, lab).givenUpAt ?? at });
}

/** Keeps where the guided run stands. */
export function recordPosition(
  progress: Progress,
  lab: number,
  position: NonNullable<LabProgress['position']>,
): Progress {
  return withLab(progress, lab, { position });
}

/** The guided run went to its end: there is no position any more. */
export function recordFinished(progress: Progress, lab: number): Progress {
  return withLab(progress, lab, { position: undefined, finished: true });
}

/** One grading of the code exercise, now or earlier, passed. */
export function isPassed(progress: Progress, lab: number, exercise: string): boolean {
  return labProgress(progress, lab).attempts.some(
    (attempt) => attempt.exercise === exercise && attempt.passed,
  );
}

/** Points of a lab: of each code exercise the best grading, of each question the last answer. */
export function bestPoints(progress: Progress, lab: number): number {
  const { attempts, answers } = labProgress(progress, lab);
  const best = new Map<string, number>();
  for (const { exercise, points } of attempts) {
    best.set(exercise, Math.max(points, best.get(exercise) ?? 0));
  }
  const all = [...best.values(), ...Object.values(answers).map(({ points }) => points)];
  return all.reduce((sum, points) => sum + points, 0);
}

function withLab(progress: Progress, lab: number, change: Partial<LabProgress>): Progress {
  const changed = { ...labProgress(progress, lab), ...change };
  return { ...progress, labs: { ...progress.labs, [lab]: changed }, lastLab: lab };
}
