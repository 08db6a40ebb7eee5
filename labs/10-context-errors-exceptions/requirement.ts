/*
 * What the checks of this lab are made of.
 */
import type { Check, FailureContext, Probe } from 'course-labs/kit';
import { demand } from 'course-labs/kit';
import type { Traced } from './asking.ts';

/** What a failure says beside the values and the request. */
export type Words = Omit<FailureContext, 'request'>;

interface Requirement extends Omit<Check, 'run'>, Words {
  judge(probe: Probe, words: Words): Promise<void>;
}

/** Without the id of a request its records cannot be found, and nothing else can be judged. */
export const traced = ['request-id-travels'];

/** Why a record may lack its id. */
export const noId =
  'It was written by a logger that knows nothing of the request, or when the request was over.';

export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  const words = { asked, rationale, ...(help !== undefined && { help }) };
  return { group: 'story', needs: traced, ...rest, run: (probe) => judge(probe, words) };
}

/** The words, with the request that shows it. */
export const at = (words: Words, { request }: Pick<Traced, 'request'>): FailureContext => ({
  ...words,
  request,
});

/** The answer has the status that is wanted; of `4xx` and `5xx` any will do. */
export function demandStatus(
  wanted: number | '4xx' | '5xx',
  traced: Traced,
  words: Words,
  what = 'status',
): void {
  const { status } = traced.answer;
  const told = typeof wanted === 'string' && `${status}`[0] === wanted[0] ? wanted : status;
  demand(what, wanted, told, at(words, traced));
}
