import type {
  CodeReport,
  CourseReport,
  LabReport,
  QuestionReport,
} from '../../grading/course-report.ts';
import type { ReportFinding } from '../../grading/report-findings.ts';
import type { BenchFigures, BenchReport } from '../../kit/index.ts';
import { figure, moment } from '../format.ts';
import { type Html, html, htmlPage } from './page.ts';
import { labSection } from './results.ts';

/** A report as one page: the points and what they rest on, then what was measured, with charts. */
export function renderReportHtml(
  report: CourseReport,
  findings: readonly ReportFinding[],
  now: Date,
): string {
  const who = report.learner ?? `seed ${report.seed}`;
  const begun = report.labs.filter(
    ({ runs, code, questions }) =>
      runs.length > 0 ||
      [...code, ...questions].some(({ points }) => points > 0) ||
      code.some(({ attempts }) => attempts.length > 0),
  );
  const { courseLabs, node, platform } = report.madeBy;
  return htmlPage(`Report of ${who}`, [
    html`<p><strong>${report.points} of ${report.possible} points</strong>; ${report.selfReportedPoints} of them rest on runs of one's own: self-reported.</p>
<p class="note">Made ${report.madeAt} by course-labs ${courseLabs} on Node ${node}, ${platform}. Seed ${report.seed}.</p>`,
    findingList(findings),
    ...begun.map((lab) => reportedLab(lab, now)),
  ]);
}

function findingList(findings: readonly ReportFinding[]): Html {
  if (findings.length === 0) return html`<p>Evidence and answers agree.</p>`;
  const items = findings.map(
    ({ lab, exercise, kind, text }) =>
      html`<li>${kind === 'disagrees' ? html`<strong>Disagrees.</strong> ` : ''}Lab ${lab}${exercise === undefined ? '' : `, ${exercise}`}: ${text}</li>`,
  );
  return html`<ul>${items}</ul>`;
}

function reportedLab(lab: LabReport, now: Date): Html {
  const results = lab.runs.flatMap(({ id, kind, startedAt, benches }) =>
    benches.map(({ step, report }) => ({
      run: id,
      when: moment(startedAt, now),
      step: kind === 'bench' ? undefined : step,
      // Charts and tables look at nothing of single measurements.
      report: (report.kind === 'figures'
        ? ({ ...report, measurements: [] } as BenchFigures)
        : report) as BenchReport,
    })),
  );
  const exercises = [...lab.code.map(codeRow), ...lab.questions.map(questionRow)];
  return html`${labSection({ lab, results })}
<h3>Lab ${lab.number}: ${lab.points} of ${lab.possible} points</h3>
<div class="wide"><table><thead><tr><th>exercise</th><th>points</th><th>what it rests on</th></tr></thead>
<tbody>${exercises}</tbody></table></div>
${predictionTable(lab)}`;
}

function codeRow({
  exercise,
  title,
  points,
  possible,
  attempts,
  asGraded,
  verified,
}: CodeReport): Html {
  const graded = attempts.length === 0 ? 'not graded yet' : `${attempts.length} attempts`;
  const files = attempts.length > 0 && !asGraded ? '; the files have changed since' : '';
  const again =
    verified === undefined
      ? ''
      : `; graded again: ${verified.points} points, seed ${verified.seed}`;
  return html`<tr><th scope="row">${exercise} ${title}</th><td>${points} of ${possible}</td><td>${graded}${files}${again}</td></tr>`;
}

function questionRow({
  exercise,
  title,
  points,
  possible,
  outcome,
  selfReported,
  run,
}: QuestionReport): Html {
  const basis = selfReported
    ? `self-reported${run === undefined ? '' : `, run ${run}`}`
    : 'the seed';
  return html`<tr><th scope="row">${exercise} ${title}</th><td>${points} of ${possible}</td><td>${outcome}; ${basis}</td></tr>`;
}

function predictionTable({ predictions }: LabReport): Html {
  const given = predictions.filter(({ predicted }) => predicted !== undefined);
  if (given.length === 0) return html``;
  const words = (value: number | string | undefined) =>
    typeof value === 'number' ? figure(value) : (value ?? '');
  const rows = given.map(
    ({ title, predicted, measured, unit, close }) =>
      html`<tr><th scope="row">${title}</th><td>${words(predicted)}</td><td>${words(measured)} ${unit ?? ''}</td><td>${close ? 'close' : 'a surprise'}</td></tr>`,
  );
  return html`<div class="wide"><table><thead><tr><th>prediction</th><th>given</th><th>measured</th><th></th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
