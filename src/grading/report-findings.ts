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

/** Impossible attempts that are told one by one: a file that was tampered with may hold any number. */
const mostImpossible = 3;

/**
 * Where evidence and answers disagree, lab by lab. `seeds` that files were graded with are told in the sentences; left out,
 * the same files give the same sentences.
 */
export function findingsOf(
  report: CourseReport,
  seeds: 'told' | 'left-out' = 'told',
): readonly ReportFinding[] {
  return report.labs.flatMap((lab) => [
    ...lab.code.flatMap((code) => codeFindings(code, lab, report, seeds)),
    ...lab.questions.flatMap((question) => questionFindings(question, lab)),
    ...runFindings(lab, report),
    ...(lab.givenUpAt === undefined ? [] : [note(lab, undefined, givenUp(lab))]),
  ]);
}

function codeFindings(
  code: CodeReport,
  lab: LabReport,
  { madeAt }: CourseReport,
  seeds: 'told' | 'left-out',
): readonly ReportFinding[] {
  const { exercise, attempts, verified, hash } = code;
  const impossible = attempts.flatMap((attempt) => {
    const at = `the attempt of ${attempt.at.slice(0, 30) || 'no date'}`;
    if (attempt.points > attempt.possible || attempt.possible > code.possible) {
      return [`${at} has more points than there are`];
    }
    if (attempt.passed && attempt.failed.length > 0) return [`${at} passed, and has failed checks`];
    if (!(Date.parse(attempt.at) <= Date.parse(madeAt))) return [`${at} lies in the future`];
    return [];
  });
  const more = impossible.length - mostImpossible;
  const all = [
    ...impossible.slice(0, mostImpossible),
    ...(more > 0 ? [`${more} attempts more like these`] : []),
  ].map((text) => disagrees(lab, exercise, `Its record is impossible: ${text}.`));
  if (attempts.length === 0) return all;
  if (hash === undefined) {
    return [...all, disagrees(lab, exercise, 'It was graded, and there are no files any more.')];
  }
  const changed = code.asGraded
    ? []
    : [note(lab, exercise, 'The files have changed since the attempt that counts.')];
  return [...all, ...changed, ...(verified ? verifiedFindings(code, lab, seeds) : [])];
}

function verifiedFindings(
  code: CodeReport,
  lab: LabReport,
  seeds: 'told' | 'left-out',
): readonly ReportFinding[] {
  const { exercise, verified, points, notJudged } = code;
  if (verified === undefined) return [];
  if (verified.startFailure !== undefined) {
    return [disagrees(lab, exercise, `It does not start now: ${verified.startFailure}`)];
  }
  // What one machine could judge and the other not is nobody's fault, and what errored is ours.
  const lost =
    points - verified.points - Math.max(0, verified.notJudged - notJudged) - unjudged(code);
  if (lost <= 0) return [];
  const failed = verified.checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  const seed = seeds === 'told' ? ` (seed ${verified.seed})` : '';
  return [
    disagrees(
      lab,
      exercise,
      `Its record says ${points} points, and grading the files gave ${verified.points}${seed}. Failed: ${failed.join(', ') || 'none'}.`,
    ),
  ];
}

/** Points of the checks that errored, and where there are such of those that were skipped, maybe for them. */
function unjudged({ checks, verified }: CodeReport): number {
  const ids = (outcome: string) =>
    (verified?.checks ?? []).filter((check) => check.outcome === outcome).map(({ id }) => id);
  const errored = ids('errored');
  const all = errored.length === 0 ? [] : [...errored, ...ids('skipped')];
  return checks.reduce((sum, { id, points }) => sum + (all.includes(id) ? points : 0), 0);
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
