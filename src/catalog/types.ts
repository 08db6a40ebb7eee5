import type { Checks, LabDefinition } from '../kit/index.ts';

/** A lab as it was found: its definition, its place, and ways to the rest of it, read when asked for. */
export interface Lab extends LabDefinition {
  /** From the folder's name. */
  number: number;
  /** From the folder's name, without the number: `two-users-one-cache`. */
  slug: string;
  /** The folder's name: `07-two-users-one-cache`; also the name of the learner's folder. */
  folderName: string;
  /** The folder with lesson.md, server.ts, starter, solutions and mutants; absolute. */
  folder: string;
  checks(): Promise<Checks>;
  lesson(): Promise<Lesson>;
  /** Files laid over the starter; names in alphabetical order. */
  solutions(): Promise<readonly ProofAnswer[]>;
  mutants(): Promise<readonly Mutant[]>;
}

/** The texts of a lab by step id. */
export type Lesson = ReadonlyMap<string, LessonSection>;

export interface LessonSection {
  id: string;
  title: string;
  /** Markdown, with `{{name}}` where figures go. */
  text: string;
}

/** A right or wrong answer that proves the checks. */
export interface ProofAnswer {
  name: string;
  /** Holds only the files that differ from the starter, and answer.md. */
  folder: string;
  /** The text of answer.md without its head. */
  reason: string;
}

/** A wrong answer. */
export interface Mutant extends ProofAnswer {
  /** The check that must reject it, or `start`. */
  rejectedBy: string;
}

/** All labs, in order of number. */
export interface Catalog {
  labs: readonly Lab[];
}
