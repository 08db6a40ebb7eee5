/** One line of `labs validate`. */
export interface ValidationLine {
  /** `01-measure-a-miss` */
  lab: string;
  kind: 'lab' | 'starter' | 'solution' | 'mutant' | 'check';
  name: string;
  ok: boolean;
  /** What was found: `passes everything, seeds 11, 12, 13`, `rejected by entry-expires`, or what is wrong. */
  text: string;
}

/** What `labs validate` found. */
export interface ValidationReport {
  lines: readonly ValidationLine[];
  solutions: number;
  mutants: number;
  checks: number;
  /** Objectives without their graded exercise; only demanded with `--complete`. */
  missingObjectives: readonly string[];
  ok: boolean;
  durationMs: number;
}
