import type { AnswerFormat } from './answer-format.ts';
import type { ObjectiveId } from './objective.ts';
import type { Random } from './random.ts';
import type { RunRecord } from './run-record.ts';
import type { School } from './school.ts';

/** What every exercise has. */
interface ExerciseBase {
  /** `Q1`, `C1`: unique in the lab. */
  id: string;
  /** What is to be done, in a few words: `Add cache-aside to the statistics route`. */
  title: string;
  /** What it grades; each is one that the lab names. */
  objectives: readonly ObjectiveId[];
  /** Whole points. Of a lab: 60 for code and 40 for questions. */
  points: number;
  /** Three, each one step nearer; the last all but says it. */
  hints: readonly [string, string, string];
}

/** A question, as it stands for one run and one seed. */
export interface PosedQuestion {
  /** Markdown. */
  text: string;
  /** How it is answered, and what is right. */
  format: AnswerFormat;
  /** Shown after it was judged: where the right answer comes from, with the figures. */
  why: string;
}

/** Computed from the learner's own recorded run: marked self-reported in reports. */
export interface RunQuestion extends ExerciseBase {
  kind: 'question';
  basis: 'run';
  /** Pure; throws where the record lacks what it needs. `random` is the workspace seed's. */
  pose(run: RunRecord, school: School, random: Random): PosedQuestion;
}

/** Computed from the workspace's seed: recomputed wherever it is graded. */
export interface SeedQuestion extends ExerciseBase {
  kind: 'question';
  basis: 'seed';
  /** Pure. */
  pose(school: School, random: Random): PosedQuestion;
}

/** The learner changes a server, and checks judge what it then does. */
export interface CodeExercise extends ExerciseBase {
  kind: 'code';
  /** The one file that the learner edits, relative to the starter: `server.ts`. */
  file: string;
}

/** A graded question; told apart by `basis`. */
export type Question = RunQuestion | SeedQuestion;
/** Anything that is graded; told apart by `kind`. */
export type Exercise = Question | CodeExercise;
