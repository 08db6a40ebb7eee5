import { readdir } from 'node:fs/promises';
import type { Lab } from '../catalog/types.ts';
import type { CourseReport, Verified } from '../grading/course-report.ts';
import { codePassed } from '../grading/lab-verdict.ts';
import { makeReport, type ReportedLab } from '../grading/make-report.ts';
import type { CodeVerdict } from '../grading/verdict.ts';
import { attemptCode } from '../lesson/attempt-code.ts';
import { prepareMine } from '../lesson/programs.ts';
import type { Runtime } from '../runtime/types.ts';
import {
  fingerprint,
  labFolder,
  listRuns,
  readProgress,
  type StoredRun,
  type Workspace,
} from '../workspace/index.ts';
import { codeExercises } from './lab-files.ts';

export interface GatherOptions {
  workspace: Workspace;
  labs: readonly Lab[];
  versions: StoredRun['versions'];
  now(): Date;
  /** Told of what cannot be read. */
  warn(sentence: string): void;
}

/** Reads a workspace and puts its report together. */
export async function gatherReport(options: GatherOptions): Promise<CourseReport> {
  const { workspace, labs, versions, now, warn } = options;
  const reported = labs.map(async (lab): Promise<ReportedLab> => {
    const folder = labFolder(workspace, lab);
    return {
      lab,
      lesson: await lab.lesson(),
      checks: await lab.checks(),
      hash: (await isThere(folder)) ? await fingerprint(folder) : undefined,
    };
  });
  return makeReport({
    workspace,
    progress: await readProgress(workspace, warn),
    runs: await listRuns(workspace, { warn }),
    labs: await Promise.all(reported),
    versions,
    now: now(),
  });
}

export interface VerifyOptions {
  workspace: Workspace;
  labs: readonly Lab[];
  runtime: Runtime;
  buildFolder: string;
  drawSeed(): number;
  signal: AbortSignal;
  onWorking(what: string, fraction?: number): void;
  /** Which exercises; without it those that were graded before and whose files are there. */
  wanted?(lab: number, exercise: string): boolean;
}

/** Grades the files of exercises again, each with a new seed. Nothing is recorded. */
export async function verifyReport(
  report: CourseReport,
  options: VerifyOptions,
): Promise<CourseReport> {
  const labs = [];
  for (const each of report.labs) {
    const lab = options.labs.find(({ number }) => number === each.number);
    const code = [];
    for (const exercise of each.code) {
      const { attempts, hash } = exercise;
      const wanted =
        options.wanted?.(each.number, exercise.exercise) ??
        (attempts.length > 0 && hash !== undefined);
      if (lab === undefined || !wanted) code.push(exercise);
      else code.push({ ...exercise, verified: await gradeAgain(lab, exercise.exercise, options) });
    }
    labs.push({ ...each, code });
  }
  return { ...report, labs };
}

async function gradeAgain(lab: Lab, exercise: string, options: VerifyOptions): Promise<Verified> {
  const { workspace, runtime, buildFolder, signal, onWorking } = options;
  const wanted = codeExercises(lab).find(({ id }) => id === exercise);
  if (wanted === undefined) throw new Error(`lab ${lab.number} has no exercise ${exercise}`);
  const folder = labFolder(workspace, lab);
  const verdict = await attemptCode({
    lab,
    exercise: wanted,
    prepared: await prepareMine({ lab, root: workspace.root, folder, buildFolder }),
    runtime,
    workFolder: buildFolder,
    seed: options.drawSeed(),
    signal,
    onWorking: (what, fraction) => onWorking(`Lab ${lab.number}. ${what}`, fraction),
  });
  return verifiedOf(verdict);
}

function verifiedOf(verdict: CodeVerdict): Verified {
  const { seed, points, possible, notJudged, startFailure, checks } = verdict;
  return {
    seed,
    points,
    possible,
    notJudged,
    passed: codePassed(verdict),
    ...(startFailure && { startFailure: startFailure.message }),
    checks: checks.map(({ id, outcome, reason }) => ({
      id,
      outcome,
      ...(reason !== undefined && { reason }),
    })),
  };
}

async function isThere(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.length > 0;
}
