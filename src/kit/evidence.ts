/** A file that a lab makes from the workspace's seed and lays beside the learner's own: the logs of an incident. */
export interface EvidenceFile {
  /** Relative to the lab's folder, with `/`: `evidence/app-a.log`. Never a file of the starter. */
  path: string;
  /** The whole file, written as UTF-8. */
  text: string;
}
