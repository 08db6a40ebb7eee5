import type { School } from 'course-labs/kit';
import { debugLines } from './incident-debug.ts';
import type { Entry } from './incident-entry.ts';
import { patienceMs } from './incident-origin.ts';
import { hasResponseCache, type Instance, isAtDebug, type Plan } from './incident-plan.ts';
import type { Served } from './incident-play.ts';

/** What one instance tells its log, in order of time. */
export function applicationEntries(
  plan: Plan,
  school: School,
  served: readonly Served[],
  instance: Instance,
): Entry[] {
  const own = served.filter(({ request }) => request.instance === instance);
  const users = [...school.students, ...school.staff];
  const tokens = new Map(users.map(({ id, tokens: [token] }) => [id, token]));
  return [
    ...own.flatMap((each) => recordsOf(plan, each)),
    ...own
      .filter(({ request }) => isAtDebug(plan, instance, request.atMs))
      .flatMap((each) => debugLines(tokens, each)),
    ...levelChanges(plan, school, instance),
    ...starts(plan, instance),
  ].sort((one, two) => one.atMs - two.atMs);
}

const slowMs = 1_800;

/** Events, warnings and errors of one request. */
function recordsOf(plan: Plan, { request, reqId, endMs, cache, call, failure }: Served): Entry[] {
  const { kind, userId, studentId, isRefused, instance, path } = request;
  const who = { reqId, userId };
  const entry = (level: Entry['level'], fields: Entry['fields'], msg: string): Entry => ({
    atMs: endMs - 1,
    level,
    fields,
    msg,
  });
  if (failure) return [entry(50, { ...who, err: errorOf(failure) }, 'the request failed')];
  const slow =
    call && call.workMs > slowMs
      ? [entry(40, { reqId, ms: call.workMs, path: path.replace('/api/v1', '') }, 'slow query')]
      : [];
  if (kind === 'login') {
    return isRefused
      ? [entry(40, { reqId, event: 'login', outcome: 'failure', ip: guesser }, 'login')]
      : [entry(30, { reqId, event: 'login', outcome: 'success', userId: studentId }, 'login')];
  }
  if (kind === 'grade') {
    const fields = { ...who, event: 'grade.created', outcome: 'success', studentId };
    return [...slow, entry(30, fields, 'grade created')];
  }
  // Where the response cache answers, the handler that writes this record is not called.
  const isHandled = cache !== 'hit' || !hasResponseCache(plan, instance, request.atMs);
  return kind === 'grades' && isHandled
    ? [...slow, entry(30, { ...who, event: 'grades.read', outcome: 'success' }, 'grades read')]
    : slow;
}

/** An address that is set apart for examples (RFC 5737). */
const guesser = '203.0.113.57';

function errorOf(failure: NonNullable<Served['failure']>) {
  const [type, message, where] =
    failure === 'timed out'
      ? ['OriginTimeout', `no connection to the origin within ${patienceMs} ms`, 'pool.js:61:11']
      : ['OriginError', 'read ECONNRESET', 'pool.js:88:15'];
  const stack = `${type}: ${message}\n    at connect (/srv/api/${where})`;
  return { type, message, stack };
}

function levelChanges({ debugMs, infoMs }: Plan, school: School, instance: Instance): Entry[] {
  const userId = school.staff[1]?.id;
  const changed = (atMs: number, from: string, to: string): Entry => ({
    atMs,
    level: 30,
    fields: { userId, event: 'level.changed', from, to },
    msg: 'level changed',
  });
  return [changed(debugMs[instance], 'info', 'debug'), changed(infoMs[instance], 'debug', 'info')];
}

function starts({ deployMs, rollbackMs, versions }: Plan, instance: Instance): Entry[] {
  const started = (atMs: number, version: string): Entry => ({
    atMs,
    level: 30,
    fields: { version, cacheBackend: 'redis', logLevel: 'info' },
    msg: 'started',
  });
  return [started(deployMs[instance], versions.bad), started(rollbackMs[instance], versions.good)];
}
