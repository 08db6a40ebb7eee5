import { join } from 'node:path';
import { benchOptions } from '../bench/options.ts';
import { gradeQuestion, poseQuestion } from '../grading/questions.ts';
import type { BenchStep, CodeExercise, Exercise, Question, RunRecord } from '../kit/index.ts';
import type { Program, Runtime } from '../runtime/types.ts';
import { recordAnswer, updateProgress, type Warn, type Workspace } from '../workspace/index.ts';
import { attemptCode } from './attempt-code.ts';
import { attemptMine } from './attempt-mine.ts';
import { measureLab } from './measure-lab.ts';
import {
  mineOrThrow,
  type ProgramPlace,
  prepareDemonstration,
  prepareSolution,
  variantPrograms,
} from './programs.ts';
import { runExperiment } from './run-experiment.ts';
import { storedAnswerOf } from './stored-answer.ts';
import type { LessonTools } from './tools.ts';

export interface ToolsOptions extends Omit<ProgramPlace, 'root'> {
  workspace: Workspace;
  runtime: Runtime;
  /** The learner's files, attempts and points are left untouched; the lab's right answer stands in. */
  demonstration: boolean;
  /** The learner's folder, as it is typed from where they stand. */
  shownFolder: string;
  /** Shows the lab's live scene, in a terminal or without one. */
  live: LessonTools['live'];
  now(): Date;
  drawSeed(): number;
  signal: AbortSignal;
  warn: Warn;
}

/** What a guided run works with: real servers, a real registrar, real load, and the learner's workspace. */
export function createTools(options: ToolsOptions): LessonTools {
  const { lab, workspace, runtime, demonstration, buildFolder, signal } = options;
  const place: ProgramPlace = { ...options, root: workspace.root };
  const common = { lab, runtime, workFolder: buildFolder, signal };
  const { seed } = workspace;

  /** The learner's server, or in a demonstration the right answer. */
  const repaired = async (): Promise<Program> =>
    demonstration ? (await prepareSolution(place)).program : mineOrThrow(place);
  const basis = (run: RunRecord) => ({ lab: lab.number, seed, run });
  const sizeOf = (step: BenchStep) => (demonstration ? step.demonstration : step);

  return {
    experiment: async (step, onWorking) => {
      onWorking('Starting the school and its API');
      const ours = step.server !== 'mine';
      const program = ours ? await prepareDemonstration(place, step.entry) : await repaired();
      return runExperiment({ ...common, step, seed, program });
    },
    bench: async (step, onWorking) => {
      const ours = step.server === 'demonstration';
      return measureLab({
        ...common,
        seed,
        programOf: variantPrograms(place, ours ? undefined : await repaired()),
        server: ours ? 'demonstration' : demonstration ? 'solution' : 'mine',
        options: benchOptions(sizeOf(step), lab.scenario.connections),
        onWorking,
      });
    },
    live: options.live,
    grade: async (id, onWorking) => {
      const exercise = exerciseOf(lab.exercises, id, 'code') as CodeExercise;
      onWorking('Compiling the answer');
      const drawn = { exercise, seed: options.drawSeed(), onWorking };
      if (demonstration) {
        const { solution, program } = await prepareSolution(place);
        const prepared = { kind: 'program', program } as const;
        const verdict = await attemptCode({ ...common, ...drawn, prepared });
        return { verdict, answer: { solution: solution.name } };
      }
      const { verdict } = await attemptMine({ ...options, ...drawn });
      return { verdict, answer: 'mine' };
    },
    pose: (id, record) => {
      const question = exerciseOf(lab.exercises, id, 'question') as Question;
      const posed = poseQuestion(question, basis(record));
      if (posed === undefined) throw new Error(`question ${id} was posed without a run`);
      return { points: question.points, question: posed };
    },
    answer: async (id, given, record) => {
      const question = exerciseOf(lab.exercises, id, 'question') as Question;
      const verdict = gradeQuestion(question, given, basis(record));
      const stored = storedAnswerOf(verdict, given, options.now());
      await updateProgress(
        workspace,
        (progress) => recordAnswer(progress, lab.number, id, stored),
        options.warn,
      );
      return verdict;
    },
    fileOf: (id) =>
      join(options.shownFolder, (exerciseOf(lab.exercises, id, 'code') as CodeExercise).file),
  };
}

function exerciseOf(exercises: readonly Exercise[], id: string, kind: Exercise['kind']): Exercise {
  const exercise = exercises.find((one) => one.id === id && one.kind === kind);
  if (exercise === undefined) throw new Error(`the lab has no ${kind} exercise ${id}`);
  return exercise;
}
