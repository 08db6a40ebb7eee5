import type { SubmissionGrade } from '../grading/submission-grade.ts';
import { csvLine } from './csv.ts';
import { count, duration } from './format.ts';
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

/** The grades of a class. */
export interface GradesModel {
  /** In order of id. */
  grades: readonly SubmissionGrade[];
  /** Graded in an earlier call, and taken from there. */
  resumed: number;
  durationMs: number;
  /** The files with all of it, as they are found from here. */
  files: readonly string[];
  next: readonly NextCommand[];
}

export const renderGrades = screen<GradesModel>((model, theme) => {
  const { grades, resumed, durationMs } = model;
  const broken = grades.filter(({ status }) => status === 'broken').length;
  const graded = `${count(grades.length, 'submission')} in ${duration(durationMs)}`;
  const sentences = [
    ...(broken === 0 ? [] : [`${count(broken, 'submission')} could not be graded.`]),
    ...(resumed === 0
      ? []
      : [`${count(resumed, 'grade')} of an earlier call ${resumed === 1 ? 'was' : 'were'} kept.`]),
    `All of it: ${model.files.join(', ')}.`,
  ];
  return stack(
    headline(theme.style.heading('Grades'), graded, theme),
    grades.length === 0 ? [] : gradeTable(grades, theme),
    grades.flatMap((grade) => remarks(grade, theme)),
    sentences.flatMap((sentence) => paragraph(sentence, theme)),
    commandLines(model.next, theme),
  );
});

function gradeTable(grades: readonly SubmissionGrade[], theme: Theme): string[] {
  const right = (heading: string) => ({ heading, align: 'right' as const });
  const columns = [
    { heading: 'submission', wraps: true },
    { heading: 'learner', wraps: true },
    right('points'),
    right('self-reported'),
    right('flags'),
  ];
  const rows = grades.map(({ id, learner, status, points, possible, selfReportedPoints, flags }) =>
    status === 'broken'
      ? [id, theme.symbols.none, 'not graded', theme.symbols.none, String(flags.length)]
      : [
          id,
          learner ?? theme.symbols.none,
          `${points}/${possible}`,
          String(selfReportedPoints),
          String(flags.length),
        ],
  );
  return tableLines(columns, rows, theme);
}

function remarks({ id, reason, flags }: SubmissionGrade, theme: Theme): string[] {
  const { style, symbols } = theme;
  return [
    ...(reason === undefined ? [] : marked(style.bad(symbols.failed), `${id}: ${reason}`, theme)),
    ...flags.flatMap(({ text }) => marked(style.warn(symbols.bullet), `${id}: ${text}`, theme)),
  ];
}

/** A line for each submission, a column for each exercise. */
export function renderGradesCsv(grades: readonly SubmissionGrade[]): string {
  const names = [
    ...new Set(grades.flatMap(({ exercises }) => exercises.map((each) => each.exercise))),
  ];
  const heading = [
    'submission',
    'learner',
    'status',
    'points',
    'possible',
    'self_reported_points',
    'seed',
    ...names,
    'flags',
    'reason',
    // The only column that differs when the same work is graded again.
    'graded_with_seeds',
  ];
  const lines = grades.map((grade) => [
    grade.id,
    grade.learner,
    grade.status,
    grade.points,
    grade.possible,
    grade.selfReportedPoints,
    grade.seed,
    ...names.map((name) => grade.exercises.find(({ exercise }) => exercise === name)?.points),
    grade.flags.map(({ kind, text }) => `${kind}: ${text}`).join(' '),
    grade.reason,
    grade.exercises
      .filter(({ gradedWithSeed }) => gradedWithSeed !== undefined)
      .map(({ exercise, gradedWithSeed }) => `${exercise}=${gradedWithSeed}`)
      .join(' '),
  ]);
  return [heading, ...lines].map(csvLine).join('\n');
}
