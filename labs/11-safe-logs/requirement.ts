/*
 * What the checks of this lab are made of.
 */
import type { Check, FailureContext, Probe } from 'course-labs/kit';

/** What a failure says beside the values and the request. */
export type Words = Omit<FailureContext, 'request'>;

interface Requirement extends Omit<Check, 'run'>, Words {
  judge(probe: Probe, words: Words): Promise<void>;
}

/** Of an API that does not do its work any more nothing else can be judged, and of a log without events not much. */
export const works = 'answers-stay-right';
export const told = 'logins-are-told';

export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  const words = { asked, rationale, ...(help !== undefined && { help }) };
  return { needs: [works], ...rest, run: (probe) => judge(probe, words) };
}

/** Any 5xx is as good as another. */
export const failedOr = (status: number) => (status >= 500 && status <= 599 ? '5xx' : status);
