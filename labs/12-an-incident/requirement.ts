import type { Check, FailureContext, Probe, Server } from 'course-labs/kit';

/** A check with the words of its failures. */
interface Requirement extends Omit<Check, 'run'> {
  asked: string;
  rationale: string;
  help: string;
  judge(probe: Probe, words: FailureContext): Promise<void>;
}

/** Of a server that keeps nothing, and of a log that says nothing, little else can be judged. */
export const keeps = 'repeat-costs-nothing';
export const told = 'each-event-once';

/** The server of most checks: memory, at info. */
export const inMemory = { group: 'memory' } as const;
/** At debug, and with the shortest TTLs: its checks of the log do not mind where answers come from. */
export const atDebug = {
  group: 'debug',
  settings: { logLevel: 'debug', cacheTtlSeconds: 1, cacheNegativeTtlSeconds: 1 },
} as const;

export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  return { ...rest, run: (probe) => judge(probe, { asked, rationale, help }) };
}

/** The same probe, to whose checks another server answers. */
export function onServer(probe: Probe, server: Server): Probe {
  return Object.create(probe, { server: { value: server } });
}
