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
  what: string;
  cause: string;
  /** Where it was told: a title or an address without the scheme. */
  source: string;
}

/** A lab, as its author writes it. Its number and slug are the name of its folder: `07-two-users-one-cache`. */
export interface LabDefinition {
  title: string;
  objectives: readonly ObjectiveId[];
  /** What a learner needs for the text and the exercise. */
  minutes: number;
  incidents: readonly Incident[];
  /** Routes of the server contract that this lab's servers serve. */
  routes: readonly string[];
  /** Its answers may start worker threads. Default false. */
  allowWorkers?: boolean;
  scenario: Scenario;
  /** What `logs` and the live steps of this lab show; absent where it has none. */
  live?: LiveScene;
  /** Pure: made from the seed alone, so that the same files can be made anew wherever an answer is graded. */
  evidence?(school: School): readonly EvidenceFile[];
  steps: readonly Step[];
  exercises: readonly Exercise[];
}

/** Types the default export of `lab.ts`. */
export function defineLab(lab: LabDefinition): LabDefinition {
  return lab;
}
