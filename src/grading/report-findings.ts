import type { CodeReport, CourseReport, LabReport, QuestionReport } from './course-report.ts';

/** Something in a report that does not fit together. */
export interface ReportFinding {
  /** The lab's number. */
  lab: number;
  /** `C1`; undefined where it is about the lab as a whole. */
  exercise?: string;
  /** `disagrees`: evidence and answer do not fit. `note`: worth knowing, and no fault by itself. */
  kind: 'disagrees' | 'note';
  /** One sentence. */
  text: string;
}

/** Where evidence and answers disagree, lab by lab. */
export function findingsOf(report: CourseReport): readonly ReportFinding[] {
  return report.labs.flatMap((lab) => [
    ...lab.code.flatMap((code) => codeFindings(code, lab, report)),
    ...lab.questions.flatMap((question) => questionFindings(question, lab)),
    ...runFindings(lab, report),
    ...(lab.givenUpAt === undefined ? [] : [note(lab, undefined, givenUp(lab))]),
  ]);
}

function codeFindings(
  code: CodeReport,
  lab: LabReport,
  { madeAt }: CourseReport,
): readonly ReportFinding[] {
  const { exercise, attempts, verified, hash } = code;
  const impossible = attempts.flatMap((attempt) => {
    const at = `the attempt of ${attempt.at}`;
    if (attempt.points > attempt.possible || attempt.possible > code.possible) {
      return [`${at} has more points than there are`];
    }
    if (attempt.passed && attempt.failed.length > 0) return [`${at} passed, and has failed checks`];
    if (!(Date.parse(attempt.at) <= Date.parse(madeAt))) return [`${at} lies in the future`];
    return [];
  });
  const all = impossible.map((text) =>
    disagrees(lab, exercise, `Its record is impossible: ${text}.`),
  );
  if (attempts.length === 0) return all;
  if (hash === undefined) {
    return [...all, disagrees(lab, exercise, 'It was graded, and there are no files any more.')];
  }
  const changed = code.asGraded
    ? []
    : [note(lab, exercise, 'The files have changed since the attempt that counts.')];
  return [...all, ...changed, ...(verified ? verifiedFindings(code, lab) : [])];
}

function verifiedFindings(code: CodeReport, lab: LabReport): readonly ReportFinding[] {
  const { exercise, verified, points, notJudged } = code;
  if (verified === undefined) return [];
  if (verified.startFailure !== undefined) {
    return [disagrees(lab, exercise, `It does not start now: ${verified.startFailure}`)];
  }
  // What one machine could judge and the other not is nobody's fault.
  const lost = points - verified.points - Math.max(0, verified.notJudged - notJudged);
  if (lost <= 0) return [];
  const failed = verified.checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  return [
    disagrees(
      lab,
      exercise,
      `Its record says ${points} points, and grading the files gave ${verified.points} (seed ${verified.seed}). Failed: ${failed.join(', ') || 'none'}.`,
    ),
  ];
}

function questionFindings(question: QuestionReport, lab: LabReport): readonly ReportFinding[] {
  const { exercise, storedPoints, points, outcome, run } = question;
  if (outcome === 'no-run' && run !== undefined) {
    return [
      disagrees(
        lab,
        exercise,
        `Its answer rests on run ${run}, which is not there or cannot be read.`,
      ),
    ];
  }
  if (storedPoints === undefined) return [];
  return [
    disagrees(
      lab,
      exercise,
      `Progress says ${storedPoints} points, and judging the answer again gave ${points}.`,
    ),
  ];
}

/** A run of the learner's own is made with the seed of their workspace. */
function runFindings(lab: LabReport, { seed, madeAt }: CourseReport): readonly ReportFinding[] {
  return lab.runs.flatMap((run) => {
    if (run.kind === 'guided' && run.seed !== seed) {
      return [
        disagrees(lab, undefined, `Run ${run.id} was made with the seed ${run.seed}, not ${seed}.`),
      ];
    }
    const isFuture = !(Date.parse(run.startedAt) <= Date.parse(madeAt));
    return isFuture ? [disagrees(lab, undefined, `Run ${run.id} lies in the future.`)] : [];
  });
}

function givenUp({ givenUpAt }: LabReport): string {
  return `The right answers were shown before an own one had passed, on ${givenUpAt}.`;
}

function disagrees(
  { number }: LabReport,
  exercise: string | undefined,
  text: string,
): ReportFinding {
  return { lab: number, ...(exercise !== undefined && { exercise }), kind: 'disagrees', text };
}

function note({ number }: LabReport, exercise: string | undefined, text: string): ReportFinding {
  return { lab: number, ...(exercise !== undefined && { exercise }), kind: 'note', text };
}
