import type { Option } from './answer-format.ts';
import type { LogLevel } from './log-record.ts';
import type { OriginSettings } from './origin.ts';
import type { Probe } from './probe.ts';
import type { ExperimentResult, RunRecord } from './run-record.ts';
import type { ServerSettings } from './server.ts';

/** The phases of a guided run, in their usual order; a lab may come back to one. */
export const phases = ['PREDICT', 'RUN', 'OBSERVE', 'EXPLAIN', 'EDIT', 'CHECK'] as const;

/** A phase by its name. */
export type Phase = (typeof phases)[number];

/** What every step has. */
interface StepBase {
  /** Kebab-case; the text is the section `## <id>: <title>` of lesson.md. */
  id: string;
  /** Shown in the heading. */
  phase: Phase;
  /** Figures for `{{name}}` in the text; only steps after the measurements may use their results. */
  values?(run: RunRecord): Readonly<Record<string, string | number>>;
}

/** A screen to read. */
export interface ReadStep extends StepBase {
  kind: 'read';
}

/** An answer typed before the run, and kept. */
export interface PredictStep extends StepBase {
  kind: 'predict';
  /** How it is answered; there is no right answer yet, and no points. */
  ask: { kind: 'number'; unit: string } | { kind: 'choice'; options: readonly Option[] };
  /**
   * What the run then showed, for the comparison at the end. Called once the measurements are there. Undefined where
   * this machine lacks what it takes: then nothing is compared.
   */
  measured(run: RunRecord): number | string | undefined;
  /** A numeric prediction within this factor of the measured value counts as close; default 2. */
  closeFactor?: number;
}

/** A small run by hand: a few requests, watched closely. */
export interface ExperimentStep extends StepBase {
  kind: 'experiment';
  /** What the server is launched with. */
  settings: ServerSettings;
  /** What calls to the origin cost meanwhile. */
  origin: OriginSettings;
  /** Whose server it runs against; default `demonstration`. `mine` is the learner's own, as in a `BenchStep`. */
  server?: 'demonstration' | 'mine';
  /** The lab's file that the demonstration runs in place of `server.ts`: `naive.ts`. */
  entry?: string;
  /** Acts and observes; gives what is shown and kept. Whatever it throws ends the run as our own fault. */
  run(probe: Probe): Promise<ExperimentResult>;
}

/** The scenario's benchmark. */
export interface BenchStep extends StepBase {
  kind: 'bench';
  /** `mine` is the learner's own server; in a demonstration it is the lab's first right answer. */
  server: 'demonstration' | 'mine';
  /** How often each variant is measured: 3 or more. */
  rounds: number;
  /** How long each time. */
  durationSeconds: number;
  /** Smaller figures for a demonstration (`--yes`), which has 60 s for the whole lab. */
  demonstration: { rounds: number; durationSeconds: number };
}

/**
 * The lab's live scene, to be played with: the learner changes levels by key for as long as they like. It leaves nothing for
 * questions; what is asked about is measured by an experiment.
 */
export interface LiveStep extends StepBase {
  kind: 'live';
  /** Without a terminal, and in a demonstration: the levels at the source, one after the other, a few seconds in all. */
  demonstration: readonly { level: LogLevel; seconds: number }[];
}

/** A look at what was measured, beside what was predicted. */
export interface ObserveStep extends StepBase {
  kind: 'observe';
  /** Predict steps that this screen compares with what was measured. */
  predictions: readonly string[];
  /** Bench or experiment step whose result is shown again. */
  shows?: string;
}

/** Pick the mechanism: answered at once, not graded. */
export interface ExplainStep extends StepBase {
  kind: 'explain';
  /** What can be picked; two or more. */
  options: readonly Option[];
  /** The id of the right one. */
  right: string;
  /** By option id: why it is right, or what it mistakes. */
  because: Readonly<Record<string, string>>;
}

/** Poses a graded question in the run. */
export interface QuestionStep extends StepBase {
  kind: 'question';
  /** The question's exercise id. */
  exercise: string;
}

/** The learner changes the server; the run waits, and can be resumed here. */
export interface EditStep extends StepBase {
  kind: 'edit';
  /** The code exercise's id. */
  exercise: string;
}

/** Grades the code exercise. */
export interface CheckStep extends StepBase {
  kind: 'check';
  /** The code exercise's id. */
  exercise: string;
}

/** One part of a guided run; told apart by `kind`. */
export type Step =
  | ReadStep
  | PredictStep
  | ExperimentStep
  | BenchStep
  | LiveStep
  | ObserveStep
  | ExplainStep
  | QuestionStep
  | EditStep
  | CheckStep;
