import type { CodeVerdict, QuestionVerdict } from '../grading/verdict.ts';
import type { AnswerFormat, BenchReport, ExperimentResult, Option, Phase } from '../kit/index.ts';

/** What a guided run tells the screen, in order. Plain data. */
export type LessonEvent =
  | {
      kind: 'step';
      lab: LabHeading;
      phase: Phase;
      index: number;
      total: number;
      title: string;
      text: string;
    }
  | { kind: 'working'; what: string; fraction: number | undefined }
  | { kind: 'experiment'; result: ExperimentResult }
  | { kind: 'bench'; report: BenchReport; run: number; mine: boolean }
  | { kind: 'predictions'; comparisons: readonly PredictionComparison[] }
  | {
      kind: 'explained';
      given: string | undefined;
      right: string;
      options: readonly Option[];
      because: string;
    }
  | { kind: 'question'; verdict: QuestionVerdict }
  | { kind: 'edit'; file: string; command: string; demonstration: boolean }
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

/** A prediction beside what was measured. */
export interface PredictionComparison {
  step: string;
  title: string;
  /** As it was given, in the words of the option for a choice; undefined where none was given. */
  predicted: number | string | undefined;
  measured: number | string;
  unit: string | undefined;
  close: boolean | undefined;
}

/** What a guided run asks. `undefined` means: not given (a demonstration). */
export interface LessonPrompts {
  predict(
    step: string,
    ask: { kind: 'number'; unit: string } | { kind: 'choice'; options: readonly Option[] },
  ): Promise<number | string | undefined>;
  choose(step: string, options: readonly Option[]): Promise<string | undefined>;
  answer(exercise: string, text: string, format: AnswerFormat): Promise<string | undefined>;
  /** Goes on, at the end of a screen. */
  proceed(): Promise<void>;
  /** Waits at EDIT: `check` goes on, `leave` ends the run, to be resumed there. */
  edited(file: string): Promise<'check' | 'leave'>;
  /** After a check that did not pass. */
  retry(): Promise<'edit' | 'leave' | 'skip'>;
}
