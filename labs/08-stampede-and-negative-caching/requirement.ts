import type { Answer, Check, FailureContext, Probe } from 'course-labs/kit';
import { demand, originTruth } from 'course-labs/kit';
import { callsAbout, statsPath } from './scenes.ts';

/** A check with the words of its failures. */
export interface Requirement extends Omit<Check, 'run'> {
  asked: string;
  rationale: string;
  help: string;
  judge(probe: Probe, words: FailureContext): Promise<void>;
}

/** What cannot be judged without single flight, and without 404s that are kept. */
export const singleFlight = ['fifty-make-one-call'];
export const notFound = ['not-found-is-kept'];

export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  return {
    group: 'hits',
    ...rest,
    run: (probe) => judge(probe, { asked, rationale, help }),
  };
}

/** The words, with the request that shows it. */
export const at = (words: FailureContext, name: string): FailureContext => ({
  ...words,
  request: { path: statsPath(name) },
});

export const truthAbout = (probe: Probe, name: string) =>
  originTruth<{ count: number }>(probe.origin, 'subjects', name, 'stats');

export const callsFor = (probe: Probe, name: string) => probe.origin.count(callsAbout(name));

/** Any 5xx is as good as another. */
export const failedOr = (status: number) => (status >= 500 && status <= 599 ? '5xx' : status);

/** Not one of the names that every JavaScript object knows: those have a check of their own. */
export function freshName(probe: Probe): string {
  const [{ name }] = probe.freshSubjects(1) as [{ name: string }];
  return name in {} ? freshName(probe) : name;
}

/** Asks once, which must be answered 200. */
export async function ask(probe: Probe, name: string, server = probe.server): Promise<Answer> {
  const answer = await server.get(statsPath(name));
  const rationale = 'The origin was well: a cache must not turn its good answer into a failure.';
  demand('status', 200, answer.status, at({ asked: name, rationale }, name));
  return answer;
}

/** From now on the origin has one grade more to tell of. */
export async function change(probe: Probe, name: string): Promise<{ count: number }> {
  const truth = await truthAbout(probe, name);
  const news = { ...truth, count: truth.count + 1 };
  await probe.origin.fail({ ...callsAbout(name), status: 200, body: JSON.stringify(news) });
  return news;
}
