import type { CourseReport, Verified } from './course-report.ts';
import type { ReportFinding } from './report-findings.ts';

/**
 * `shipped`: equal to a right or wrong answer of ours. `same-answer`, `same-seed`: as another submission. `evidence`: a
 * record that does not fit. `left-out`: files that were not taken. `given-up`: the right answers were shown before.
 * `no-start`: nothing could be checked, and why. `not-judged`: this machine lacks something. `errored`: our own fault, to be
 * graded again.
 */
export const flagKinds = [
  'shipped',
  'same-answer',
  'same-seed',
  'evidence',
  'left-out',
  'given-up',
  'no-start',
  'not-judged',
  'errored',
] as const;

/** Something about a submission that an instructor should look at. */
export interface Flag {
  kind: (typeof flagKinds)[number];
  /** One sentence. */
  text: string;
}

/** One exercise of one submission. */
export interface ExerciseGrade {
  /** `7.C1` */
  exercise: string;
  points: number;
  possible: number;
  /** Rests on the learner's own runs. */
  selfReported: boolean;
  /** Of code: what it was graded with now; absent where nothing had been edited. */
  gradedWithSeed?: number;
}

/** What an edited file is known by, comments and spacing aside. */
export interface AnswerPrint {
  exercise: string;
  fingerprint: string;
}

/** One submission, graded by us. Plain data. */
export interface SubmissionGrade {
  /** The name of the folder or archive. */
  id: string;
  /** Of what was handed in and the labs that were asked for: the same is not graded twice. */
  contentHash: string;
  status: 'graded' | 'broken';
  /** Of a broken one: why. */
  reason?: string;
  learner?: string;
  seed?: number;
  points: number;
  possible: number;
  /** Of the points. */
  selfReportedPoints: number;
  exercises: readonly ExerciseGrade[];
  prints: readonly AnswerPrint[];
  flags: readonly Flag[];
}

/** Sums a report up whose files were graded again: code counts as it was graded now, and never as it is recorded. */
export function gradeOf(
  id: string,
  contentHash: string,
  report: CourseReport,
  findings: readonly ReportFinding[],
  more: { prints: readonly AnswerPrint[]; flags: readonly Flag[] },
): SubmissionGrade {
  const exercises = report.labs.flatMap(({ number, code, questions }) => [
    ...code.map(({ exercise, possible, verified }) => ({
      exercise: `${number}.${exercise}`,
      points: verified?.points ?? 0,
      possible,
      selfReported: false,
      ...(verified && { gradedWithSeed: verified.seed }),
    })),
    ...questions.map(({ exercise, points, possible, selfReported }) => ({
      exercise: `${number}.${exercise}`,
      points,
      possible,
      selfReported,
    })),
  ]);
  const sum = (all: readonly ExerciseGrade[]) =>
    all.reduce((total, each) => total + each.points, 0);
  return {
    id,
    contentHash,
    status: 'graded',
    ...(report.learner !== undefined && { learner: report.learner }),
    seed: report.seed,
    points: sum(exercises),
    possible: exercises.reduce((total, { possible }) => total + possible, 0),
    selfReportedPoints: sum(exercises.filter(({ selfReported }) => selfReported)),
    exercises,
    prints: more.prints,
    flags: [...more.flags, ...evidenceFlags(findings), ...gradingFlags(report)],
  };
}

function evidenceFlags(findings: readonly ReportFinding[]): Flag[] {
  return findings.flatMap(({ lab, exercise, kind, text }): Flag[] => {
    if (kind !== 'disagrees') return [];
    return [{ kind: 'evidence', text: `Lab ${lab}${exercise ? `, ${exercise}` : ''}: ${text}` }];
  });
}

function gradingFlags({ labs }: CourseReport): Flag[] {
  return labs.flatMap(({ number, givenUpAt, code }) => [
    ...(givenUpAt === undefined
      ? []
      : [
          {
            kind: 'given-up' as const,
            text: `Lab ${number}: the right answers were shown before.`,
          },
        ]),
    ...code.flatMap(({ exercise, attempts, verified }): Flag[] => {
      const ids = (outcome: string) =>
        (verified?.checks ?? []).filter((check) => check.outcome === outcome).map(({ id }) => id);
      const [errored, notJudged] = [ids('errored'), ids('not-judged')];
      const where = `Lab ${number}, ${exercise}`;
      // With a record of its own that is a matter of evidence, and told there.
      const startFailure = attempts.length === 0 ? verified?.startFailure : undefined;
      return [
        ...(startFailure === undefined
          ? []
          : [{ kind: 'no-start' as const, text: `${where} does not start: ${startFailure}` }]),
        ...(errored.length === 0
          ? []
          : [
              {
                kind: 'errored' as const,
                text: `${where}: our own fault in ${errored.join(', ')}${whatHappened(verified)}`,
              },
            ]),
        ...(notJudged.length === 0
          ? []
          : [
              {
                kind: 'not-judged' as const,
                text: `${where}: ${verified?.notJudged} points not judged here (${notJudged.join(', ')}).`,
              },
            ]),
      ];
    }),
  ]);
}

/** Of the checks that errored, each reason once. */
function whatHappened(verified: Verified | undefined): string {
  const errored = (verified?.checks ?? []).filter(({ outcome }) => outcome === 'errored');
  const reasons = [...new Set(errored.flatMap(({ reason }) => reason ?? []))];
  return reasons.length === 0 ? '.' : `. What happened: ${reasons.join(' ')}`;
}

/** Flags what only shows beside the others: equal answers, and seeds that several have. Pure; in the order of ids. */
export function compareSubmissions(grades: readonly SubmissionGrade[]): readonly SubmissionGrade[] {
  const sorted = [...grades].sort((left, right) => left.id.localeCompare(right.id, 'en'));
  return sorted.map((grade) => {
    const others = sorted.filter((other) => other !== grade && other.status === 'graded');
    if (grade.status !== 'graded') return grade;
    const same = grade.prints.flatMap(({ exercise, fingerprint }): Flag[] => {
      const twins = others
        .filter(({ prints }) =>
          prints.some((each) => each.exercise === exercise && each.fingerprint === fingerprint),
        )
        .map(({ id }) => id);
      if (twins.length === 0) return [];
      return [
        { kind: 'same-answer', text: `${exercise} is the same as that of ${twins.join(', ')}.` },
      ];
    });
    const seeds = others.filter(({ seed }) => seed === grade.seed).map(({ id }) => id);
    const shared: Flag[] =
      seeds.length === 0
        ? []
        : [{ kind: 'same-seed', text: `Seed ${grade.seed} is that of ${seeds.join(', ')}, too.` }];
    return { ...grade, flags: [...grade.flags, ...same, ...shared] };
  });
}
