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

/** Four requests that write, together, from debug to fatal, and what the log holds of them until now. */
export interface Scene {
  /** The ids of the four. */
  ids: readonly string[];
  /** Their records on stdout. */
  records(): readonly LogRecord[];
  /** Their records in ERROR_LOG. */
  second(): readonly LogRecord[];
}

/** Logs come a little after answers. */
const patienceMs = 4_000;

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

/** Statistics that the origin fails to give, until its rules are cleared: at error. */
export async function failingRequest({ freshSubjects, origin }: Probe): Promise<ProbeRequest> {
  const name = freshSubjects(1)[0]?.name ?? '';
  await origin.fail({ route: 'subject-stats', key: name, status: 503 });
  return { path: apiPath('subjects', name, 'stats') };
}

/**
 * Plays the scene: a student's grades, a sign-in with a wrong password, statistics that the origin fails to give, and at
 * last grades of somebody else, which is fatal. Resolves when that last record is there; one that was written earlier may
 * still be on its way, where lines are written in the background.
 */
export async function playScene(probe: Probe, server: Server = probe.server): Promise<Scene> {
  const { origin, school } = probe;
  const [victim, other] = [school.bob, school.alice];
  const failing = await failingRequest(probe);
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
    failing,
    gradesOf(victim),
  ];
  const ids = requests.map(() => freshId(probe));
  for (const [index, request] of requests.entries()) {
    await server.request(withId(request, ids[index] ?? ''));
  }
  await origin.clearRules();
  const hasEnd = (records: readonly LogRecord[]) =>
    records.some(({ reqId, level }) => reqId === ids.at(-1) && level === 'fatal');
  await patiently(probe, () => hasEnd(server.logs()));
  const own = (records: readonly LogRecord[]) =>
    records.filter(({ reqId }) => reqId !== undefined && ids.includes(reqId));
  return { ids, records: () => own(server.logs()), second: () => own(server.errorLog()) };
}

/** Waits for a condition on the log, for as long as lines may be on their way. */
export async function patiently(probe: Probe, isThere: () => boolean): Promise<void> {
  await probe.poll(isThere, probe.clock.nowMs() + patienceMs);
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
