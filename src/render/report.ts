import type { CourseReport, LabReport } from '../grading/course-report.ts';
import type { ReportFinding } from '../grading/report-findings.ts';
import { count } from './format.ts';
import {
  commandLines,
  headline,
  marked,
  type NextCommand,
  paragraph,
  screen,
  stack,
} from './layout.ts';
import { tableLines } from './table.ts';
import type { Theme } from './theme.ts';

/** A report, as a learner looks at it before it is handed in. */
export interface ReportModel {
  report: CourseReport;
  findings: readonly ReportFinding[];
  /** The files were graded again. */
  verified: boolean;
  next: readonly NextCommand[];
}

export const renderReport = screen<ReportModel>(({ report, findings, verified, next }, theme) => {
  const who = report.learner === undefined ? 'Report' : `Report of ${report.learner}`;
  const begun = report.labs.filter(isBegun);
  const disagreeing = findings.filter(({ kind }) => kind === 'disagrees');
  return stack(
    headline(theme.style.heading(who), `${report.points} of ${report.possible} points`, theme),
    paragraph(restsOn(report, begun.length), theme),
    begun.length === 0 ? [] : labTable(begun, theme),
    verdictOn(disagreeing.length, verified, theme),
    findings.flatMap((finding) => findingLines(finding, theme)),
    commandLines(next, theme),
  );
});

function isBegun({ code, questions, runs }: LabReport): boolean {
  return (
    runs.length > 0 ||
    code.some(({ attempts }) => attempts.length > 0) ||
    questions.some(({ outcome }) => outcome !== 'unanswered')
  );
}

function restsOn({ selfReportedPoints, seed, labs }: CourseReport, begun: number): string {
  const own =
    selfReportedPoints === 0
      ? 'No point is self-reported.'
      : `Self-reported: ${count(selfReportedPoints, 'point')}, for questions on runs that were recorded on one's own machine.`;
  return `${begun} of ${count(labs.length, 'lab')} begun, seed ${seed}. ${own}`;
}

function labTable(labs: readonly LabReport[], theme: Theme): string[] {
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const columns = [
    { ...right(''), spoken: 'lab' },
    { heading: 'lab', spoken: '', wraps: true },
    right('points'),
    right('self-reported'),
    right('attempts'),
    right('predictions'),
  ];
  const rows = labs.map(
    ({ number, title, points, possible, selfReportedPoints, code, predictions }) => {
      const given = predictions.filter(({ close }) => close !== undefined);
      const close = given.filter((one) => one.close).length;
      return [
        String(number),
        title,
        `${points}/${possible}`,
        String(selfReportedPoints),
        String(code.reduce((sum, { attempts }) => sum + attempts.length, 0)),
        given.length === 0 ? theme.symbols.none : `${close} of ${given.length} close`,
      ];
    },
  );
  return tableLines(columns, rows, theme);
}

function verdictOn(disagreeing: number, verified: boolean, theme: Theme): string[] {
  const how = verified ? 'The files were graded again' : 'The records were looked through';
  const text =
    disagreeing === 0
      ? `${how}: evidence and answers agree.`
      : `${how}: in ${count(disagreeing, 'place')} evidence and answers disagree.`;
  return paragraph(text, theme);
}

function findingLines({ lab, exercise, kind, text }: ReportFinding, theme: Theme): string[] {
  const { style, symbols } = theme;
  const mark = kind === 'disagrees' ? style.bad(symbols.failed) : style.muted(symbols.skipped);
  const where = exercise === undefined ? `Lab ${lab}` : `Lab ${lab}, ${exercise}`;
  return marked(mark, `${where}: ${text}`, theme);
}
