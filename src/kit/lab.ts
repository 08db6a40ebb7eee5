import type { EvidenceFile } from './evidence.ts';
import type { Exercise } from './exercise.ts';
import type { LiveScene } from './live.ts';
import type { ObjectiveId } from './objective.ts';
import type { Scenario } from './scenario.ts';
import type { School } from './school.ts';
import type { Step } from './step.ts';

/** Something that really happened. */
export interface Incident {
  /** `27 May 2021` */
  date: string;
  /** `Klarna` */
  who: string;
  /** What its users saw, in a sentence. */
  what: string;
  /** Why it happened, as it was told. */
  cause: string;
  /** Where it was told: a title or an address without the scheme. */
  source: string;
}

/** A lab, as its author writes it. Its number and slug are the name of its folder: `07-two-users-one-cache`. */
export interface LabDefinition {
  /** A few words: `Two users, one cache`. */
  title: string;
  /** All that its exercises serve. */
  objectives: readonly ObjectiveId[];
  /** What a learner needs for the text and the exercise. */
  minutes: number;
  /** May be empty; each with its source. */
  incidents: readonly Incident[];
  /** Routes of the server contract that this lab's servers serve. */
  routes: readonly string[];
  /** Its answers may start worker threads. Default false. */
  allowWorkers?: boolean;
  /** What `bench` measures, and what its benchmark steps do. */
  scenario: Scenario;
  /** What `logs` and the live steps of this lab show; absent where it has none. */
  live?: LiveScene;
  /** Pure: made from the seed alone, so that the same files can be made anew wherever an answer is graded. */
  evidence?(school: School): readonly EvidenceFile[];
  /** The guided run, in order; each has its section in lesson.md. */
  steps: readonly Step[];
  /** What is graded; each question and each code exercise is also posed by a step. */
  exercises: readonly Exercise[];
}

/** Types the default export of `lab.ts`. */
export function defineLab(lab: LabDefinition): LabDefinition {
  return lab;
}
