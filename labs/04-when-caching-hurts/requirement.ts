import type { Answer, Check, FailureContext, Probe } from 'course-labs/kit';
import { askAll, askWell, searchCalls, searchPath } from './requests.ts';

/** A check with the words of its failures. */
interface Requirement
  extends Pick<Check, 'id' | 'title' | 'points' | 'needs' | 'group' | 'settings'> {
  asked: string;
  rationale: string;
  help: string;
  judge(probe: Probe, context: FailureContext): Promise<void>;
}

/** A server whose cache has room for everything, unless the check says otherwise. */
export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  return { group: 'calm', ...rest, run: (probe) => judge(probe, { asked, rationale, help }) };
}

/** The check without which nothing else can be said about what is kept of searches. */
export const repeats = 'repeated-search-is-kept';

export const newSearch = (probe: Probe) => probe.random.text(12);

/** Asks the check's server, which must answer 200. */
export function ask(probe: Probe, path: string, context: FailureContext): Promise<Answer> {
  return askWell(probe.server, { path }, context);
}

/** All of them must be answered 200; they are sent in their order, ten at a time at most. */
export function search(
  probe: Probe,
  texts: readonly string[],
  context: FailureContext,
): Promise<void> {
  return askAll(texts, async (text) => void (await ask(probe, searchPath(text), context)));
}

/** Calls to the origin for any of these searches. */
export async function callsFor(probe: Probe, texts: readonly string[]): Promise<number> {
  const calls = await searchCalls(probe.origin, texts);
  return [...calls.values()].reduce((sum, each) => sum + each, 0);
}
