import type { Check, FailureContext, Probe } from 'course-labs/kit';
import { warmUp } from './observe.ts';

/** A check with the words of its failures. */
export interface Requirement extends Pick<Check, 'id' | 'title' | 'points'> {
  on: 'none' | 'memory' | 'redis';
  /** With a TTL of one second, and a server of its own. */
  shortTtl?: boolean;
  asked: string;
  rationale: string;
  help: string;
  judge(probe: Probe, context: FailureContext): Promise<void>;
}

/** Of a backend that keeps nothing, nothing else can be judged. */
export const first = {
  none: 'none-keeps-nothing',
  memory: 'memory-keeps-answers',
  redis: 'redis-keeps-answers',
};

export function check({
  on,
  shortTtl,
  asked,
  rationale,
  help,
  judge,
  ...rest
}: Requirement): Check {
  return {
    ...rest,
    group: shortTtl ? `${on}-expiry` : on,
    settings: { cacheBackend: on, ...(shortTtl && { cacheTtlSeconds: 1 }) },
    ...(rest.id === first[on] ? {} : { needs: [first[on]] }),
    run: async (probe) => {
      if (on === 'redis') await warmUp(probe, probe.server);
      await judge(probe, { asked, rationale, help });
    },
  };
}
