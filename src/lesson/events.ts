import type { PredictionComparison } from '../grading/predictions.ts';
import type { CodeVerdict, QuestionVerdict } from '../grading/verdict.ts';
import type {
  BenchReport,
  Exhibit,
  ExperimentResult,
  Option,
  Phase,
  PosedQuestion,
} from '../kit/index.ts';

/** What a guided run tells the screen, in order. Plain data. */
export type LessonEvent =
  | {
      kind: 'step';
      lab: LabHeading;
      phase: Phase;
      /** Counted from 1. */
      index: number;
      total: number;
      title: string;
      /** Markdown. */
      text: string;
    }
  /** More text of the same step. Markdown. */
  | { kind: 'text'; text: string }
  /** Something that takes a while; `fraction` from 0 to 1 where it is known. */
  | { kind: 'working'; what: string; fraction: number | undefined }
  | { kind: 'experiment'; result: ExperimentResult }
  /** What a live scene came to. */
  | { kind: 'live'; exhibit: Exhibit }
  | { kind: 'bench'; report: BenchReport; run: number; mine: boolean }
  | { kind: 'predictions'; comparisons: readonly PredictionComparison[] }
  | {
      kind: 'explained';
      /** Option id; undefined where none was given. */
      given: string | undefined;
      right: string;
      options: readonly Option[];
      because: string;
    }
  | { kind: 'posed'; lab: LabHeading; exercise: string; points: number; question: PosedQuestion }
  | { kind: 'question'; lab: LabHeading; verdict: QuestionVerdict }
  | {
      kind: 'edit';
      /** The lab's number. */
      lab: number;
      /** To be edited, as it is typed. */
      file: string;
      exercise: string;
      /** Titles of the steps that come once it has passed. */
      after: readonly string[];
      demonstration: boolean;
    }
  | { kind: 'verdict'; verdict: CodeVerdict; answer: 'mine' | { solution: string } }
  | {
      kind: 'summary';
      lab: LabHeading;
      comparisons: readonly PredictionComparison[];
      next: LabHeading | undefined;
      demonstration: boolean;
    };

export interface LabHeading {
  number: number;
  title: string;
  minutes: number;
}
