import type { Origin, OriginSettings } from './origin.ts';
import type { LoadRequest } from './scenario.ts';
import type { School } from './school.ts';
import type { ServerSettings } from './server.ts';

/**
 * A server under traffic that does not stop, to be watched through its log while the level changes. The level is changed
 * by `POST /__loglevel` of the server contract, in the name of a member of staff.
 */
export interface LiveScene {
  /** `logLevel` is the level at the start. */
  settings: ServerSettings;
  /** What calls to the origin cost. */
  origin: OriginSettings;
  /** Readies the origin before the first request: failures, delays, scripted pages. */
  prepare?(origin: Origin, school: School): Promise<void>;
  /** 1 to 1,000, sent in turn by each connection, again and again; those that fail on purpose are welcome. */
  requests(school: School): readonly LoadRequest[];
  /** Clients that each send the next request as soon as the last is answered: 1 to 50. */
  connections: number;
}
