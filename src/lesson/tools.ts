import type { CodeVerdict, QuestionVerdict } from '../grading/verdict.ts';
import type {
  BenchReport,
  BenchStep,
  Exhibit,
  ExperimentResult,
  ExperimentStep,
  LiveStep,
  PosedQuestion,
  RunRecord,
} from '../kit/index.ts';

/** Progress of one piece of work; `fraction` from 0 to 1 where it is known. */
export type OnWorking = (what: string, fraction?: number) => void;

/** What the steps of a guided run are carried out with. */
export interface LessonTools {
  experiment(step: ExperimentStep, onWorking: OnWorking): Promise<ExperimentResult>;
  bench(step: BenchStep, onWorking: OnWorking): Promise<BenchReport>;
  /** Shows the lab's live scene. Gives what each level cost; undefined where it was left before that was known. */
  live(step: LiveStep): Promise<Exhibit | undefined>;
  /** Grades a code exercise, and keeps the attempt unless it is a demonstration. */
  grade(
    exercise: string,
    onWorking: OnWorking,
  ): Promise<{ verdict: CodeVerdict; answer: 'mine' | { solution: string } }>;
  pose(exercise: string, record: RunRecord): { points: number; question: PosedQuestion };
  /** Judges an answer and keeps it. */
  answer(exercise: string, given: string, record: RunRecord): Promise<QuestionVerdict>;
  /** The file to be edited, as the learner would type it from where they stand. */
  fileOf(exercise: string): string;
}
