import type {
  CodeReport,
  CourseReport,
  LabReport,
  QuestionReport,
} from '../grading/course-report.ts';
import { element, escapeXml } from './xml.ts';

type Result = 'passed' | 'skipped' | { failure: string };

interface Case {
  name: string;
  result: Result;
}

/**
 * A suite for each lab, a case for each check and question, as Jenkins and GitLab read JUnit's XML. What was not graded,
 * answered, or could not be judged is skipped.
 */
export function renderJUnit(report: CourseReport): string {
  const suites = report.labs.map((lab) => suiteOf(lab, report.madeAt));
  const all = report.labs.flatMap(casesOf);
  const root = element('testsuites', { name: 'course-labs', ...counts(all) }, suites);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

function suiteOf(lab: LabReport, timestamp: string): string {
  const classname = `lab ${lab.number}: ${lab.title}`;
  const cases = casesOf(lab);
  return element(
    'testsuite',
    { name: classname, timestamp, ...counts(cases) },
    cases.map(({ name, result }) => element('testcase', { classname, name }, contentOf(result))),
  );
}

function casesOf({ code, questions }: LabReport): Case[] {
  return [...code.flatMap(checkCases), ...questions.map(questionCase)];
}

function checkCases({ exercise, checks, attempts, verified }: CodeReport): Case[] {
  const best = attempts.reduce<(typeof attempts)[number] | undefined>(
    (found, each) => (found === undefined || each.points >= found.points ? each : found),
    undefined,
  );
  return checks.map(({ id, title }) => {
    const name = `${exercise} ${id}: ${title}`;
    const outcome = verified?.checks.find((check) => check.id === id)?.outcome;
    if (outcome !== undefined) {
      if (outcome === 'passed') return { name, result: 'passed' };
      const result = outcome === 'failed' ? { failure: `${id} failed` } : ('skipped' as const);
      return { name, result };
    }
    if (best === undefined) return { name, result: 'skipped' };
    return best.failed.includes(id)
      ? { name, result: { failure: `${id} did not pass on ${best.at}, seed ${best.seed}` } }
      : { name, result: 'passed' };
  });
}

function questionCase({ exercise, title, outcome, points, possible }: QuestionReport): Case {
  const name = `${exercise}: ${title}`;
  if (outcome === 'unanswered' || outcome === 'no-run') return { name, result: 'skipped' };
  if (outcome === 'right') return { name, result: 'passed' };
  return { name, result: { failure: `${points} of ${possible} points` } };
}

function contentOf(result: Result): string[] {
  if (result === 'passed') return [];
  if (result === 'skipped') return [element('skipped', {})];
  return [element('failure', { message: result.failure }, [escapeXml(result.failure)])];
}

function counts(cases: readonly Case[]) {
  const failures = cases.filter(({ result }) => typeof result === 'object').length;
  const skipped = cases.filter(({ result }) => result === 'skipped').length;
  return { tests: cases.length, failures, errors: 0, skipped, time: 0 };
}
