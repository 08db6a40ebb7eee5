import type { Lab, Lesson } from '../catalog/types.ts';
import type { RunRecord } from '../kit/index.ts';
import type { StoredRun } from '../workspace/types.ts';
import type { LabHeading, LessonEvent } from './events.ts';
import type { LessonPrompts } from './prompts.ts';
import type { LessonTools } from './tools.ts';

/** Where a run is kept while it goes on. */
export interface LessonStore {
  save(run: StoredRun): Promise<void>;
  /** The step that the run stands at; undefined when it is finished. */
  standAt(step: string | undefined): Promise<void>;
  /** What an experiment logged; `step` is its id. */
  keepLog(step: string, text: string): Promise<void>;
  /** The file of that log, as the learner would type it from where they stand. */
  logFile(step: string): string;
}

export interface LessonOptions {
  lab: Lab;
  /** The lab to go on with afterwards. */
  next: LabHeading | undefined;
  /** A run just begun, or the one to be resumed. */
  run: StoredRun;
  /** The step to begin at; default the first. */
  from?: string;
  prompts: LessonPrompts;
  tools: LessonTools;
  store: LessonStore;
  onEvent(event: LessonEvent): void;
}

/** What the steps work on: the record grows, the rest stays. */
export interface LessonState extends LessonOptions {
  lesson: Lesson;
  demonstration: boolean;
  /** Changes the record and saves the run. */
  record(change: (record: RunRecord) => RunRecord): Promise<void>;
}

export function headingOf(lab: Lab): LabHeading {
  return { number: lab.number, title: lab.title, minutes: lab.minutes };
}
