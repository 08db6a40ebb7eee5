import type { Origin } from './origin.ts';
import type { Random } from './random.ts';
import type { Redis } from './redis.ts';
import type { School, Subject } from './school.ts';
import type { Server, ServerSettings } from './server.ts';
import type { Storm, StormResult } from './storm.ts';

/** Monotonic time, the same for all processes of the machine. */
export interface Clock {
  /** Milliseconds since a start that means nothing: only differences do. Fractional. */
  nowMs(): number;
}

/** Looks at whether this machine keeps up; made by `Probe.watchMachine`. */
export interface MachineWatch {
  /** Ends it, once or again: how long each look took, in milliseconds. */
  end(): Promise<readonly number[]>;
}

/** What a check or an experiment observes and acts with. */
export interface Probe {
  /** What this grading or run is drawn from: 1 to 999,999. */
  readonly seed: number;
  /** Drawn from the seed and the check's id: the same in each repetition. */
  readonly random: Random;
  /** Its users, tokens, marks and subjects. */
  readonly school: School;
  /** The registrar: counted, and told to fail, to be slow or to wait. */
  readonly origin: Origin;
  /** Launched with the settings of the check (or of its group) and ready. */
  readonly server: Server;
  /** The clock of all moments in answers, calls and commands. */
  readonly clock: Clock;
  /** Whether this machine has a Redis, or was given one by REDIS_URL; known without starting it. */
  readonly hasRedis: boolean;
  /**
   * The Redis of the servers whose backend is `redis`: one for all of them, started when it is first needed, empty at
   * the start of each check. Where there is none, reading this ends the check as not judged; a check whose settings name
   * the backend never comes so far.
   */
  readonly redis: Redis;
  /** A further server of the same answer, ready; it ends with the check. */
  launch(settings?: ServerSettings): Promise<Server>;
  /**
   * Sends many requests of several users to a server of this probe, from a process of its own, and finds whose texts the
   * answers held. One storm at a time; another waits. Whatever the server answers, or fails to answer, is part of the
   * result; a server that ends is a failure of the answer. Throws an Error where the storm is not within its bounds.
   */
  storm(server: Server, storm: Storm): Promise<StormResult>;
  /**
   * Of the answers to requests that were sent since this moment (`Clock`) to any server of this check: how long each
   * took until it was held, in milliseconds.
   */
  answerTimesMs(sinceMs: number): readonly number[];
  /**
   * Looks, again and again until it is ended, how soon each running server of this check answers `/healthz`, and Redis a
   * PING where it was opened. Answers that all took far longer than such a look did not wait for the machine.
   */
  watchMachine(): MachineWatch;
  /** `count` subjects that no check has asked this server for; every other one is awkward. */
  freshSubjects(count: number): readonly Subject[];
  /** Resolves at the moment on the monotonic clock: only for waiting for a TTL. */
  waitUntil(momentMs: number): Promise<void>;
  /** Asks `condition` again and again, until it holds (true) or the moment has passed (false). */
  poll(condition: () => Promise<boolean> | boolean, untilMs: number): Promise<boolean>;
}
