import type {
  Answer,
  LogLevel,
  LogRecord,
  Probe,
  ProbeRequest,
  Server,
  User,
} from 'course-labs/kit';
import { apiPath, logLevels } from 'course-labs/kit';

/** Four requests that write, together, from debug to fatal, and what the log holds of them. */
export interface Scene {
  /** Of stdout, the records of these four requests. */
  records: readonly LogRecord[];
  /** Of ERROR_LOG, likewise. */
  second: readonly LogRecord[];
  /** The ids of the four. */
  ids: readonly string[];
}

/** Logs come a little after answers. */
export const patienceMs = 2_000;

/** A request id that the server keeps, since it is well-formed. */
export const freshId = ({ random }: Pick<Probe, 'random'>): string => `lab9-${random.text(12)}`;

/** A student reads a page of grades: at debug and at info. */
export const gradesOf = ({ tokens }: User): ProbeRequest => ({
  path: `${apiPath('me', 'grades')}?page=1`,
  token: tokens[0],
});

export const withId = (request: ProbeRequest, id: string): ProbeRequest => ({
  ...request,
  headers: { ...request.headers, 'x-request-id': id },
});

/**
 * Plays the scene: a student's grades, a sign-in with a wrong password, statistics that the origin fails to give, and at
 * last grades of somebody else, which is fatal. What was written before that last record is there when it is.
 */
export async function playScene(probe: Probe, server: Server = probe.server): Promise<Scene> {
  const { origin, school } = probe;
  const [victim, other] = [school.bob, school.alice];
  const subject = probe.freshSubjects(1)[0]?.name ?? '';
  await origin.fail({ route: 'subject-stats', key: subject, status: 503 });
  const mixedUp = JSON.stringify({ owner: other.id, count: 0, page: 1, results: [] });
  const key = `${victim.id}`;
  await origin.fail({ route: 'student-grades', key, status: 200, body: mixedUp });
  const requests: readonly ProbeRequest[] = [
    gradesOf(other),
    {
      method: 'POST',
      path: apiPath('users', 'login'),
      body: { username: other.username, password: `${other.password}x` },
    },
    { path: apiPath('subjects', subject, 'stats') },
    gradesOf(victim),
  ];
  const ids = requests.map(() => freshId(probe));
  for (const [index, request] of requests.entries()) {
    await server.request(withId(request, ids[index] ?? ''));
  }
  await origin.clearRules();
  const hasEnd = (records: readonly LogRecord[]) =>
    records.some(({ reqId, level }) => reqId === ids.at(-1) && level === 'fatal');
  const isThere = () =>
    hasEnd(server.logs()) && (server.settings.errorLog !== true || hasEnd(server.errorLog()));
  await probe.poll(isThere, probe.clock.nowMs() + patienceMs);
  const own = (records: readonly LogRecord[]) =>
    records.filter(({ reqId }) => reqId !== undefined && ids.includes(reqId));
  return { records: own(server.logs()), second: own(server.errorLog()), ids };
}

/** Which levels these records have, in words; the record of a change of level is left out. */
export function levelsOf(records: readonly LogRecord[]): string {
  const seen = logLevels.filter((level) =>
    records.some((record) => record.level === level && record.event !== 'level.changed'),
  );
  return seen.length === 0 ? 'none' : seen.join(', ');
}

/** What a scene must leave at a level of the logger, in the same words. Not each language's logger knows trace. */
export const levelsFrom = (least: LogLevel): string =>
  logLevels.slice(Math.max(1, logLevels.indexOf(least))).join(', ');

export const staffToken = ({ school }: Pick<Probe, 'school'>): string =>
  school.staff[0]?.tokens[0] ?? '';

/** Asks for another level; without a token as nobody. */
export async function askLevel(
  probe: Probe,
  body: unknown,
  token: string | undefined,
  server: Server = probe.server,
): Promise<{ id: string; answer: Answer }> {
  const id = freshId(probe);
  const request = { method: 'POST', path: '/__loglevel', body };
  const answer = await server.request(
    withId({ ...request, ...(token !== undefined && { token }) }, id),
  );
  return { id, answer };
}
