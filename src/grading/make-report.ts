import type { Lab, Lesson } from '../catalog/types.ts';
import { CourseError } from '../errors.ts';
import type { Check, CodeExercise, Question } from '../kit/index.ts';
import {
  type Attempt,
  type LabProgress,
  labProgress,
  type Progress,
  type StoredRun,
  type Workspace,
} from '../workspace/index.ts';
import type {
  BenchSummary,
  CodeReport,
  CourseReport,
  LabReport,
  QuestionReport,
  RunReport,
} from './course-report.ts';
import { comparePredictions } from './predictions.ts';
import { gradeQuestion, type QuestionBasis } from './questions.ts';
import type { QuestionVerdict } from './verdict.ts';

/** A lab with what was found of it in the workspace. */
export interface ReportedLab {
  lab: Lab;
  lesson: Lesson;
  /** By exercise. */
  checks: Readonly<Record<string, readonly Check[]>>;
  /** Of the learner's files as they are now; undefined where there are none. */
  hash: string | undefined;
}

export interface ReportInput {
  workspace: Pick<Workspace, 'seed' | 'learner'>;
  progress: Progress;
  runs: readonly StoredRun[];
  labs: readonly ReportedLab[];
  versions: StoredRun['versions'];
  now: Date;
}

/** Puts together what a learner hands in. Pure; questions are judged again by what they rest on. */
export function makeReport(input: ReportInput): CourseReport {
  const labs = input.labs.map((each) => labReport(each, input));
  const total = (pick: (lab: LabReport) => number) => labs.reduce((sum, lab) => sum + pick(lab), 0);
  const { seed, learner } = input.workspace;
  return {
    format: 1,
    madeAt: input.now.toISOString(),
    madeBy: input.versions,
    ...(learner !== undefined && { learner }),
    seed,
    points: total(({ points }) => points),
    possible: total(({ possible }) => possible),
    selfReportedPoints: total(({ selfReportedPoints }) => selfReportedPoints),
    labs,
  };
}

function labReport(reported: ReportedLab, { workspace, progress, runs }: ReportInput): LabReport {
  const { lab, lesson } = reported;
  const own = labProgress(progress, lab.number);
  const ownRuns = runs.filter(({ record }) => record.lab === lab.number);
  const code = lab.exercises
    .filter((each): each is CodeExercise => each.kind === 'code')
    .map((exercise) => codeReport(exercise, reported, own));
  const questions = lab.exercises
    .filter((each): each is Question => each.kind === 'question')
    .map((question) => questionReport(question, lab, own, ownRuns, workspace.seed));
  const latest = ownRuns.findLast(({ kind, complete }) => kind === 'guided' && complete);
  const sum = (all: readonly { points: number }[]) =>
    all.reduce((total, { points }) => total + points, 0);
  return {
    number: lab.number,
    slug: lab.slug,
    title: lab.title,
    points: sum(code) + sum(questions),
    possible: lab.exercises.reduce((total, { points }) => total + points, 0),
    selfReportedPoints: sum(questions.filter(({ selfReported }) => selfReported)),
    ...(own.givenUpAt !== undefined && { givenUpAt: own.givenUpAt }),
    code,
    questions,
    predictions: latest ? comparePredictions(lab.steps, lesson, latest.record) : [],
    runs: ownRuns.map(runReport),
  };
}

function codeReport(
  { id, title, objectives, points: possible }: CodeExercise,
  { checks, hash }: ReportedLab,
  { attempts: all, hints }: LabProgress,
): CodeReport {
  const attempts = all.filter(({ exercise }) => exercise === id);
  const best = bestAttempt(attempts);
  return {
    exercise: id,
    title,
    objectives,
    points: best?.points ?? 0,
    possible,
    hints: hints[id] ?? 0,
    passed: best?.passed ?? false,
    notJudged: best?.notJudged ?? 0,
    checks: (checks[id] ?? []).map((check) => ({
      id: check.id,
      title: check.title,
      points: check.points,
    })),
    attempts,
    hash,
    asGraded: best !== undefined && best.hash === hash,
  };
}

/** The one with the most points; of equal ones the latest, whose files are more likely to be there still. */
export function bestAttempt(attempts: readonly Attempt[]): Attempt | undefined {
  // Not by Math.max: a progress file that was tampered with may hold more attempts than a function takes arguments.
  return attempts.reduce<Attempt | undefined>(
    (best, attempt) => (best === undefined || attempt.points >= best.points ? attempt : best),
    undefined,
  );
}

function questionReport(
  question: Question,
  lab: Lab,
  { answers, hints }: LabProgress,
  runs: readonly StoredRun[],
  seed: number,
): QuestionReport {
  const stored = answers[question.id];
  const run = runs.find(({ id }) => id === stored?.run)?.record;
  const { outcome, points, given } = judgeAgain(question, stored?.given, {
    lab: lab.number,
    seed,
    run,
  });
  return {
    exercise: question.id,
    title: question.title,
    objectives: question.objectives,
    basis: question.basis,
    selfReported: question.basis === 'run',
    // Without an answer nothing was asked of a run.
    outcome: stored === undefined ? 'unanswered' : outcome,
    points,
    possible: question.points,
    hints: hints[question.id] ?? 0,
    ...(given !== undefined && { given }),
    ...(stored !== undefined && { at: stored.at }),
    ...(stored?.run !== undefined && { run: stored.run }),
    ...(stored !== undefined && stored.points !== points && { storedPoints: stored.points }),
  };
}

/** A record or an answer that cannot be read any more is worth nothing, and no reason to report nothing. */
function judgeAgain(
  question: Question,
  given: string | undefined,
  basis: QuestionBasis,
): Pick<QuestionVerdict, 'outcome' | 'points' | 'given'> {
  try {
    return gradeQuestion(question, given, basis);
  } catch (error) {
    if (error instanceof CourseError) return { outcome: 'no-run', points: 0 };
    throw error;
  }
}

function runReport({ id, kind, startedAt, complete, versions, record }: StoredRun): RunReport {
  return {
    id,
    kind,
    startedAt,
    complete,
    seed: record.seed,
    versions,
    benches: Object.entries(record.benches).map(([step, report]) => ({
      step,
      report: withoutMeasurements(report),
    })),
    experiments: Object.keys(record.experiments),
  };
}

function withoutMeasurements(report: StoredRun['record']['benches'][string]): BenchSummary {
  if (report.kind === 'refused') return report;
  const { measurements: _, ...rest } = report;
  return rest;
}
