import type { Origin, OriginSettings } from './origin.ts';
import type { School } from './school.ts';
import type { ServerSettings } from './server.ts';

/** One request of a load. */
export interface LoadRequest {
  /** Default GET. */
  method?: string;
  /** Percent-encoded already; build it with `apiPath`. */
  path: string;
  /** Sent as they are. */
  headers?: Readonly<Record<string, string>>;
  /** Sent as it is. */
  body?: string;
}

/** One way to run the server under load. */
export interface Variant {
  /** Kebab-case, unique in the scenario: `off`, `on`. */
  name: string;
  /** The column's heading: `cache off`. */
  label: string;
  /** What its server is launched with. */
  settings: ServerSettings;
  /** The lab's file that this variant runs in place of `server.ts`: `repaired.ts`. */
  entry?: string;
  /** Whose server it is when the learner's own is measured; default `mine`. */
  inMine?: 'mine' | 'demonstration';
}

/** What a benchmark of a lab sends, and to which variants. */
export interface Scenario {
  /** What is measured, in a heading: `GET /api/v1/subjects/Python/stats/`. */
  title(school: School): string;
  /** Sent in turn by each connection, again and again. */
  requests(school: School): readonly LoadRequest[];
  /** Clients that each send the next request as soon as the last is answered (a closed loop). */
  connections: number;
  /** What calls to the origin cost, for all variants alike. */
  origin: OriginSettings;
  /**
   * Readies the origin before the first request, of a benchmark and of `serve` alike: scripted pages, delays. What it
   * sets stays for all variants and rounds. Without it the origin is as at its start.
   */
  prepare?(origin: Origin, school: School): Promise<void>;
  /** Every answer of a variant has the same body: one that differs is a mismatch, and the run is refused. */
  stableBody: boolean;
  /** The first is the baseline. */
  variants: readonly [Variant, Variant, ...Variant[]];
}
