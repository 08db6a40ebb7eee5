import type { Incident } from './incident.ts';
import { minuteOf, type Plan, timeOf } from './incident-plan.ts';
import type { Served } from './incident-play.ts';

/** What an investigation of the incident should find. */
export interface Findings {
  /** Of the first answer with somebody else's data. */
  firstLeak: { reqId: string; time: string; minute: string };
  /** Answers with somebody else's data. */
  leaked: number;
  /** Users whose data were in them. */
  victims: number;
  /** Users who got them. */
  receivers: number;
  /** When the stampede began. */
  stampedeMinute: string;
  /** When the last instance was rolled back. */
  endMinute: string;
}

/** What really happened, as the generator knows it; the files tell the same. */
export function findingsOf({ plan, served }: Incident): Findings {
  const leaks = served.filter(isLeak);
  const [first] = leaks;
  if (first === undefined) throw new Error('nothing leaked in this incident');
  return {
    firstLeak: {
      reqId: first.reqId,
      time: timeOf(plan, first.endMs),
      minute: minuteOf(plan, first.endMs),
    },
    leaked: leaks.length,
    victims: new Set(leaks.map(({ content }) => content?.ownerId)).size,
    receivers: new Set(leaks.map(({ request }) => request.userId)).size,
    stampedeMinute: minuteOf(plan, plan.flushMs),
    endMinute: minuteOf(plan, lastRollbackMs(plan)),
  };
}

/** An answer that held the data of somebody other than who asked. */
function isLeak({ content, request }: Served): boolean {
  return content?.ownerId !== undefined && content.ownerId !== request.userId;
}

const lastRollbackMs = ({ rollbackMs }: Plan) => Math.max(rollbackMs.a, rollbackMs.b);
