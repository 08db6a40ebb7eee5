/*
 * What the checks of this lab are made of.
 */
import type { Check, FailureContext, Probe, User } from 'course-labs/kit';
import { demand, demandJson } from 'course-labs/kit';
import { ask, gradesPath, statsPath, statusOf, truthFor } from './observing.ts';

/** What a failure says beside the values and the request. */
export type Words = Omit<FailureContext, 'request'>;

interface Requirement extends Omit<Check, 'run'>, Words {
  judge(probe: Probe, words: Words): Promise<void>;
}

/** Of a server that does not cache nothing else can be judged. */
export const first = 'repeat-costs-nothing';

/** What is to be cached. */
export const cached = [gradesPath(1), gradesPath(2), statsPath];

/** A check that needs no others by itself needs those two: while users get each other's data, little else can be told. */
export function check({ asked, rationale, help, judge, ...rest }: Requirement): Check {
  const needs = [first, 'owners-are-right'];
  const words = { asked, rationale, ...(help !== undefined && { help }) };
  return { group: 'hits', needs, ...rest, run: (probe) => judge(probe, words) };
}

/** The answer is the user's own, whole and as the registrar has it. */
export async function demandOwn(
  probe: Probe,
  user: User,
  path: string,
  words: Words,
): Promise<void> {
  const { answer } = await ask(probe, user, path);
  const truth = await truthFor(probe, user, path);
  const where = { ...words, request: answer.request };
  demandJson(`student ${user.id}, ${path}`, truth, answer.json, where);
}

export async function demandStatus(
  probe: Probe,
  wanted: number | '5xx',
  words: Words,
  { path, token }: { path: string; token?: string },
): Promise<void> {
  const status = await statusOf(probe, path, token);
  const told = wanted === '5xx' && status >= 500 && status <= 599 ? '5xx' : status;
  const request = { path, ...(token !== undefined && { token }) };
  demand(`status of ${path}`, wanted, told, { ...words, request });
}
