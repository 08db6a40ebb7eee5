import type { Origin } from './origin.ts';
import type { Random } from './random.ts';
import type { School, Subject } from './school.ts';
import type { Server, ServerSettings } from './server.ts';

/** Monotonic time, the same for all processes of the machine. */
export interface Clock {
  nowMs(): number;
}

/** What a check or an experiment observes and acts with. */
export interface Probe {
  readonly seed: number;
  /** Drawn from the seed and the check's id: the same in each repetition. */
  readonly random: Random;
  readonly school: School;
  readonly origin: Origin;
  /** Launched with the settings of the check (or of its group) and ready. */
  readonly server: Server;
  readonly clock: Clock;
  /** A further server of the same answer, ready; it ends with the check. */
  launch(settings?: ServerSettings): Promise<Server>;
  /** `count` subjects that no check has asked this server for; every other one is awkward. */
  freshSubjects(count: number): readonly Subject[];
  /** Resolves at the moment on the monotonic clock: only for waiting for a TTL. */
  waitUntil(momentMs: number): Promise<void>;
  /** Asks `condition` again and again, until it holds (true) or the moment has passed (false). */
  poll(condition: () => Promise<boolean> | boolean, untilMs: number): Promise<boolean>;
}
