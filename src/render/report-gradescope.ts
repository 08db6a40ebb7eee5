import type { CodeReport, CourseReport, LabReport } from '../grading/course-report.ts';
import type { ReportFinding } from '../grading/report-findings.ts';

/** One line of Gradescope's table. */
interface GradescopeTest {
  name: string;
  number: string;
  score: number;
  max_score: number;
  status: 'passed' | 'failed';
  output: string;
  visibility: 'visible';
}

/** `results.json`, as Gradescope's documentation "Autograder Specifications" describes it. */
export interface GradescopeResults {
  score: number;
  output: string;
  output_format: 'text';
  visibility: 'visible';
  tests: readonly GradescopeTest[];
  /** Free for our own use, as the documentation says. */
  extra_data: {
    seed: number;
    self_reported_points: number;
    course_labs: string;
    disagreements: number;
  };
}

/**
 * A line for each exercise; what the grade rests on stands in the text. Where the files were graded again, code counts as
 * it was graded then, and never as it is recorded.
 */
export function gradescopeResults(
  report: CourseReport,
  findings: readonly ReportFinding[],
  verified: boolean,
): GradescopeResults {
  const disagreeing = findings.filter(({ kind }) => kind === 'disagrees');
  const told = disagreeing.map(({ lab, exercise = '', text }) => `Lab ${lab} ${exercise}: ${text}`);
  const tests = report.labs.flatMap((lab) => testsOf(lab, verified));
  const score = tests.reduce((sum, test) => sum + test.score, 0);
  return {
    score,
    output: [
      `${score} of ${report.possible} points, ${report.selfReportedPoints} of them self-reported.`,
      ...told,
    ].join('\n'),
    output_format: 'text',
    visibility: 'visible',
    tests,
    extra_data: {
      seed: report.seed,
      self_reported_points: report.selfReportedPoints,
      course_labs: report.madeBy.courseLabs,
      disagreements: disagreeing.length,
    },
  };
}

type MakeTest = (
  exercise: { exercise: string; title: string; points: number; possible: number },
  passed: boolean,
  output: string,
) => GradescopeTest;

/** What was not graded again had no files, or never an attempt. */
function gradedAgain(code: CodeReport, test: MakeTest): GradescopeTest {
  const { verified } = code;
  if (verified === undefined) return test({ ...code, points: 0 }, false, 'Nothing to grade.');
  const failed = verified.checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  const how = `Graded again with seed ${verified.seed}.`;
  const why = failed.length === 0 ? '' : ` Did not pass: ${failed.join(', ')}.`;
  return test({ ...code, points: verified.points }, verified.passed, how + why);
}

function testsOf(
  { number, title, code, questions }: LabReport,
  verified: boolean,
): GradescopeTest[] {
  const test: MakeTest = (exercise, passed, output) => ({
    name: `Lab ${number}, ${title}: ${exercise.exercise} ${exercise.title}`,
    number: `${number}.${exercise.exercise}`,
    score: exercise.points,
    max_score: exercise.possible,
    status: passed ? 'passed' : 'failed',
    output,
    visibility: 'visible',
  });
  return [
    ...code.map((each) => {
      if (verified) return gradedAgain(each, test);
      const failed = each.attempts.at(-1)?.failed ?? [];
      const latest = failed.length === 0 ? '' : ` The latest did not pass: ${failed.join(', ')}.`;
      return test(each, each.passed, `${each.attempts.length} attempts.${latest}`);
    }),
    ...questions.map((each) => {
      const basis = each.selfReported ? "On a run of one's own: self-reported." : 'On the seed.';
      return test(each, each.outcome === 'right', `${basis} ${each.outcome}`);
    }),
  ];
}
