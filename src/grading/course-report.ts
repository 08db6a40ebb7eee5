import type { BenchReport, ObjectiveId } from '../kit/index.ts';
import type { Attempt, StoredRun } from '../workspace/index.ts';
import type { PredictionComparison } from './predictions.ts';
import type { CheckResult, QuestionVerdict } from './verdict.ts';

/** What a learner hands in: where each point comes from. Plain data; `report.schema.json` is its published form. */
export interface CourseReport {
  format: 1;
  /** ISO 8601. */
  madeAt: string;
  madeBy: StoredRun['versions'];
  learner?: string | undefined;
  /** The workspace's: questions on the seed come from it. */
  seed: number;
  points: number;
  possible: number;
  /** Of the points: those of questions on the learner's own runs. */
  selfReportedPoints: number;
  labs: readonly LabReport[];
}

/** One lab; those that were never begun are among them. */
export interface LabReport {
  number: number;
  slug: string;
  title: string;
  points: number;
  possible: number;
  selfReportedPoints: number;
  /** ISO 8601: the right answers were shown before one's own had passed. */
  givenUpAt?: string | undefined;
  code: readonly CodeReport[];
  questions: readonly QuestionReport[];
  predictions: readonly PredictionComparison[];
  runs: readonly RunReport[];
}

interface ExerciseReport {
  exercise: string;
  title: string;
  objectives: readonly ObjectiveId[];
  points: number;
  possible: number;
  /** Hints that were shown, 0 to 3. */
  hints: number;
}

/** A code exercise: its best attempt counts. */
export interface CodeReport extends ExerciseReport {
  passed: boolean;
  /** Points of the best attempt's checks that its machine could not judge. */
  notJudged: number;
  /** Ids of the checks of the exercise, in their order. */
  checks: readonly { id: string; title: string; points: number }[];
  /** Oldest first. */
  attempts: readonly Attempt[];
  /** SHA-256 of the files as they are now; undefined where there are none. */
  hash: string | undefined;
  /** The files are those of the best attempt, byte for byte. */
  asGraded: boolean;
  /** What grading the files again showed; absent where that was not asked for. */
  verified?: Verified;
}

/** A grading of the files as they are now, with a new seed. */
export interface Verified {
  seed: number;
  points: number;
  possible: number;
  notJudged: number;
  passed: boolean;
  /** Why nothing could be checked. */
  startFailure?: string;
  checks: readonly Pick<CheckResult, 'id' | 'outcome' | 'reason'>[];
}

/** A question, judged again by the record or the seed that it rests on. */
export interface QuestionReport extends ExerciseReport {
  basis: 'run' | 'seed';
  selfReported: boolean;
  outcome: QuestionVerdict['outcome'];
  given?: string;
  /** ISO 8601. */
  at?: string;
  /** The run that it was judged by. */
  run?: number;
  /** The points that stood in progress, where they are not those of judging again. */
  storedPoints?: number;
}

/** A stored run, without its single measurements. */
export interface RunReport {
  id: number;
  kind: StoredRun['kind'];
  /** ISO 8601. */
  startedAt: string;
  complete: boolean;
  seed: number;
  versions: StoredRun['versions'];
  benches: readonly { step: string; report: BenchSummary }[];
  /** Ids of the steps that measured something else. */
  experiments: readonly string[];
}

/** A benchmark without its single measurements. */
export type BenchSummary = DistributiveOmit<BenchReport, 'measurements'>;

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
