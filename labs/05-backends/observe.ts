import type { Answer, FailureContext, Probe, ProbeRequest, Server, Subject } from 'course-labs/kit';
import { apiPath, demand, demandJson, isFailure, originTruth } from 'course-labs/kit';

/** What is kept about one subject: three answers, of which a PUT changes all. */
export const resources = ['stats', 'in English', 'in German'] as const;
export type Resource = (typeof resources)[number];

export function requestFor({ name }: Subject, resource: Resource): ProbeRequest {
  if (resource === 'stats') return { path: apiPath('subjects', name, 'stats') };
  const language = resource === 'in German' ? 'de' : 'en';
  return { path: apiPath('subjects', name), headers: { 'accept-language': language } };
}

/** What the origin itself says now. */
export async function truthAbout(
  { origin }: Pick<Probe, 'origin'>,
  { name }: Subject,
  resource: Resource,
): Promise<unknown> {
  if (resource === 'stats') return originTruth(origin, 'subjects', name, 'stats');
  const language = resource === 'in German' ? 'de' : 'en';
  const path = `/subjects/${encodeURIComponent(name)}/?lang=${language}`;
  const { status, json } = await origin.ask(path);
  if (status !== 200) throw new Error(`the registrar answered ${status} to ${path}`);
  return json;
}

/** Calls to the origin that reading this subject has cost. */
export async function callsFor({ origin }: Pick<Probe, 'origin'>, { name: key }: Subject) {
  const stats = await origin.count({ route: 'subject-stats', method: 'GET', key });
  return stats + (await origin.count({ route: 'subject', method: 'GET', key }));
}

/** Asks, which must be answered with the truth, and tells what that cost the origin. */
export async function ask(
  probe: Probe,
  server: Server,
  subject: Subject,
  resource: Resource,
  context: FailureContext,
): Promise<{ answer: Answer; calls: number }> {
  const before = await callsFor(probe, subject);
  const request = requestFor(subject, resource);
  const answer = await server.request(request);
  const which = `${subject.name}, ${resource}`;
  demand(`status for ${which}`, 200, answer.status, { ...context, request });
  const truth = await truthAbout(probe, subject, resource);
  demandJson(`body for ${which}`, truth, answer.json, { ...context, request });
  return { answer, calls: (await callsFor(probe, subject)) - before };
}

/** Every resource of every subject, one after the other. */
export async function askAll(
  probe: Probe,
  server: Server,
  subjects: readonly Subject[],
  context: FailureContext,
): Promise<{ calls: number; last: Answer }> {
  let calls = 0;
  let last: Answer | undefined;
  for (const subject of subjects) {
    for (const resource of resources) {
      const asked = await ask(probe, server, subject, resource, context);
      calls += asked.calls;
      last = asked.answer;
    }
  }
  if (!last) throw new Error('askAll: nothing to ask');
  return { calls, last };
}

/** A member of staff gives the subject another professor, which must be answered 200. */
export async function changeProfessor(
  { school, random }: Pick<Probe, 'school' | 'random'>,
  server: Server,
  { name }: Subject,
  context: FailureContext,
): Promise<void> {
  const [staff] = school.staff;
  if (!staff) throw new Error('the school has no staff');
  const request: ProbeRequest = {
    method: 'PUT',
    path: apiPath('subjects', name),
    body: { professor: `Prof. ${random.text(8)}` },
    token: staff.tokens[0],
  };
  const { status } = await server.request(request);
  demand('status of the PUT', 200, status, { ...context, request });
}

/** How long a server may take to reach its Redis after it answers for the first time. */
const connectedWithinMs = 8_000;

/**
 * Waits until the server answers a repetition from its cache: it may be ready before its connection is. One that never
 * comes so far fails by what it is judged by.
 */
export async function warmUp(probe: Probe, server: Server): Promise<void> {
  const [subject] = probe.school.subjects;
  if (!subject) throw new Error('the school has no subjects');
  await isUsed(probe, server, subject, connectedWithinMs);
}

/**
 * Waits until a repetition costs the origin nothing and, where the backend is Redis, the server is seen to ask Redis:
 * some keep a copy of their own besides. False where that takes longer.
 */
export async function isUsed(
  probe: Probe,
  server: Server,
  subject: Subject,
  withinMs: number,
): Promise<boolean> {
  const sinceMs = probe.clock.nowMs();
  const asksRedis = async () => {
    if (server.settings.cacheBackend !== 'redis') return true;
    // Of a name that is new nobody can have a copy.
    await server.request(requestFor({ name: `no-such-${probe.random.text(12)}` }, 'stats'));
    return probe.redis.commands().some(({ sentAtMs }) => sentAtMs > sinceMs);
  };
  const isSo = async () => (await asksRedis()) && (await isKept(probe, server, subject));
  return probe.poll(isSo, sinceMs + withinMs);
}

/** Asking once more costs the origin nothing. */
async function isKept(probe: Probe, server: Server, subject: Subject): Promise<boolean> {
  const before = await callsFor(probe, subject);
  const { status } = await server.request(requestFor(subject, 'stats'));
  return status === 200 && (await callsFor(probe, subject)) === before;
}

/** Puts a check's own words in place of the general ones, where a request got no answer. */
export async function inWords<Result>(
  { rationale, help }: FailureContext,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (!isFailure(thrown) || thrown.help !== undefined) throw thrown;
    throw { ...thrown, rationale, ...(help !== undefined && { help }) };
  }
}
