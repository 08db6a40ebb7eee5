import type { BenchReport, EvidenceFile, RunRecord } from '../kit/index.ts';

/** A learner's folder. */
export interface Workspace {
  /** Absolute. */
  root: string;
  /** Drawn once; questions on the seed come from it. */
  seed: number;
  /** An optional id, asked once. */
  learner: string | undefined;
}

/** What the workspace needs to know of a lab. */
export interface LabFiles {
  number: number;
  title: string;
  /** `07-two-users-one-cache` */
  folderName: string;
  /** The lab's starter, absolute. */
  starter: string;
  /** For the README.md of the learner's folder. */
  readme: string;
  /** Made from the workspace's seed, laid beside the starter; called only when they are to be written. */
  evidence(): readonly EvidenceFile[];
}

/** `.course-labs/progress.json`. */
export interface Progress {
  /** By lab number, as a string. */
  labs: Readonly<Record<string, LabProgress>>;
  /** The lab that was last worked on. */
  lastLab: number | undefined;
}

export interface LabProgress {
  /** Where the guided run stopped, to go on there: absent before the first step and after the last. */
  position: { step: string; run: number } | undefined;
  /** The guided run was finished at least once. */
  finished: boolean;
  /** By question id: what was answered last. */
  answers: Readonly<Record<string, StoredAnswer>>;
  /** By exercise id: hints shown so far, 0 to 3. */
  hints: Readonly<Record<string, number>>;
  /** Gradings of code exercises, oldest first. */
  attempts: readonly Attempt[];
  /** ISO 8601: when the right answers were shown before one's own had passed. */
  givenUpAt?: string | undefined;
}

export interface StoredAnswer {
  given: string;
  /** ISO 8601. */
  at: string;
  /** 0 to the question's points. */
  points: number;
  /** The run it was judged by; absent for a question on the seed. */
  run?: number;
}

/** One grading of a code exercise. */
export interface Attempt {
  exercise: string;
  /** ISO 8601. */
  at: string;
  seed: number;
  points: number;
  possible: number;
  notJudged: number;
  passed: boolean;
  /** Checks that did not pass. */
  failed: readonly string[];
  /** SHA-256 of the answer's files, in hexadecimal. */
  hash: string;
}

/** `.course-labs/runs/<id>.json`: a guided run, a demonstration, or a benchmark. */
export interface StoredRun {
  /** 1, 2, ... in this workspace. */
  id: number;
  kind: 'guided' | 'demonstration' | 'bench';
  /** ISO 8601. */
  startedAt: string;
  /** Every measurement before the edit is in it: questions may use it (guided runs alone). */
  complete: boolean;
  /** What measured it. */
  versions: { courseLabs: string; node: string; platform: string };
  record: RunRecord;
  /** By step id: the machine that measured it; absent in runs of earlier versions. */
  measuredOn?: Readonly<Record<string, string>>;
}

/** The benchmarks of a stored run with the step they belong to; a bench run has one, of step `bench`. */
export interface StoredBench {
  run: StoredRun;
  step: string;
  report: BenchReport;
}
