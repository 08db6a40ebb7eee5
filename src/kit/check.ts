import type { OriginSettings } from './origin.ts';
import type { Probe } from './probe.ts';
import type { ServerSettings } from './server.ts';

/** One requirement on the answer of a code exercise. */
export interface Check {
  /** Kebab-case, unique in the lab, never changed once published. */
  id: string;
  /** What a right answer does, in the present tense: `a second request makes no call to the origin`. */
  title: string;
  /** Whole points; those of all checks of an exercise add up to the points of the exercise. */
  points: number;
  /** Ids of checks without which this one cannot be judged. */
  needs?: readonly string[];
  /** Checks of one group share one server; they must use `freshSubjects`. Without a group the server is the check's own. */
  group?: string;
  /** Checks of one group must have equal settings. */
  settings?: ServerSettings;
  /** What calls to the origin cost during this check; default nothing. */
  origin?: OriginSettings;
  /** Returns when the answer is right; ends by `fail` when it is wrong. */
  run(probe: Probe): Promise<void>;
}

/** The checks of a lab's code exercises. */
export type Checks = Readonly<Record<string, readonly Check[]>>;

/** Types the default export of `checks.ts`: by the exercise's id, in the order in which they are shown. */
export function defineChecks(checks: Checks): Checks {
  return checks;
}
