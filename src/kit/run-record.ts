import type { BenchReport } from './bench-report.ts';
import type { Exhibit } from './exhibit.ts';

/** What an experiment left behind: what it shows, and data for questions. */
export interface ExperimentResult {
  /** Shown when the step is done, and again where a step `shows` it. */
  exhibit: Exhibit;
  /** JSON that questions and lesson texts are computed from. */
  data: Readonly<Record<string, unknown>>;
  /**
   * What the server logged, line by line: laid into a file of the workspace that the learner can search, and no part of
   * the record. In the exhibit's commands `{{log}}` stands for that file.
   */
  log?: string;
}

/** A guided run, as questions and lesson texts read it. Written after every step. */
export interface RunRecord {
  /** 1, 2, ... in the workspace. */
  id: number;
  /** The lab's number. */
  lab: number;
  /** The workspace's. */
  seed: number;
  /** By step id; a number, or the letter of a choice; absent where none was given. */
  predictions: Readonly<Record<string, number | string>>;
  /** By step id. */
  benches: Readonly<Record<string, BenchReport>>;
  /** By step id. */
  experiments: Readonly<Record<string, ExperimentResult>>;
}
