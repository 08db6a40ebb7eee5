/*
 * What the checks of this lab ask, and how the records of one request are found in the log.
 */
import type { Answer, LogRecord, Probe, ProbeRequest, Server, User } from 'course-labs/kit';
import { apiPath, createRandom } from 'course-labs/kit';

/** One request, by whose id its records are found. */
export interface Traced {
  id: string;
  answer: Answer;
  /** As it was sent, with its id. */
  request: ProbeRequest;
}

export const loginOf = ({ username }: User, password: string): ProbeRequest => ({
  method: 'POST',
  path: apiPath('users', 'login'),
  body: { username, password },
});

export const gradesOf = ({ tokens: [token] }: User, page = 1): ProbeRequest => ({
  path: `${apiPath('me', 'grades')}?page=${page}`,
  token,
});

export const newGrade = (by: User, student: User, body: object): ProbeRequest => ({
  method: 'POST',
  path: apiPath('students', student.id, 'grades'),
  token: by.tokens[0],
  body,
});

export const subjectUpdate = (by: User, name: string, body: object): ProbeRequest => ({
  method: 'PUT',
  path: apiPath('subjects', name),
  token: by.tokens[0],
  body,
});

const pools = new WeakMap<Server, User[]>();

/** A student whom no check has asked this server for: the first read of their grades is a miss. */
export function freshStudent({ server, school, seed }: Probe): User {
  const pool =
    pools.get(server) ?? createRandom(seed, 'traced students').shuffle(school.students.slice(200));
  pools.set(server, pool);
  return pool.shift() as User;
}

export const teacherOf = ({ school, random }: Probe): User => random.pick(school.staff);

/** Asks with a well-formed id that no other request has. */
export async function trace(probe: Probe, asked: ProbeRequest): Promise<Traced> {
  const id = `check-${probe.random.text(20)}`;
  const request = { ...asked, headers: { ...asked.headers, 'x-request-id': id } };
  return { id, request, answer: await probe.server.request(request) };
}

/** For what must come: logs come after answers, and a machine may be busy. */
const patienceMs = 8_000;
/** For what should have come already, where a server writes about a request a little after its answer. */
const graceMs = 1_000;

/** Resolves when this holds for the log, or when it has had its time. */
export const logged = ({ poll, clock }: Probe, holds: () => boolean): Promise<boolean> =>
  poll(holds, clock.nowMs() + patienceMs);

/**
 * Resolves when nothing more is to come about the requests before: a later one has been answered, and stands in the
 * log. Whoever counts records would otherwise count too early.
 */
export async function allLogged(probe: Probe): Promise<void> {
  const student = freshStudent(probe);
  const { id } = await trace(probe, loginOf(student, student.password));
  await logged(probe, () => recordsOf(probe.server, id).length > 0);
}

/** What stands in the log about one request until now. */
export function recordsOf(server: Server, id: string): LogRecord[] {
  return server.logs().filter(({ reqId }) => reqId === id);
}

/** All that the log has about a request; an answer that owes a record gets a little more time to write it. */
export async function wholeStory(
  probe: Probe,
  { id }: Pick<Traced, 'id'>,
  owed: (record: LogRecord) => boolean,
): Promise<LogRecord[]> {
  const isThere = () => recordsOf(probe.server, id).some(owed);
  await allLogged(probe);
  if (!isThere()) {
    await probe.poll(isThere, probe.clock.nowMs() + graceMs);
    await allLogged(probe);
  }
  return recordsOf(probe.server, id);
}

export const isError = ({ level }: LogRecord): boolean => level === 'error' || level === 'fatal';

/** The user that a record names; undefined where it names none. */
export function userOf({ fields }: LogRecord): string | undefined {
  const named = fields?.userId;
  return named === undefined || named === null ? undefined : String(named);
}
