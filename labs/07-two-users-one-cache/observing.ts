/*
 * What the checks of this lab observe with: students nobody has asked for, what they ask, and what it costs the origin.
 */
import type { Answer, Probe, Server, User } from 'course-labs/kit';
import { apiPath, createRandom, demand } from 'course-labs/kit';

export const gradesPath = (page?: number) =>
  apiPath('me', 'grades') + (page === undefined ? '' : `?page=${page}`);
export const statsPath = apiPath('me', 'stats');
export const lockerPath = apiPath('me', 'locker');

/** Numbers that run into each other: 2 with page 11, and 21 with page 1. */
type Pair = readonly [User, User];

interface Fresh {
  pairs: Pair[];
  singles: User[];
}

const fresh = new WeakMap<Server, Fresh>();

/** What one check left in a shared server's cache must not mislead the next: no student is used twice. */
function freshOn({ server, school, seed }: Probe): Fresh {
  const byNumber = (id: number) => school.students[id - 1] as User;
  const random = createRandom(seed, 'students');
  // Up to number 111 students have twelve pages of grades. Alice and bob, 1 and 11, have a check of their own.
  const firsts = random.shuffle([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const others = school.students.slice(11, 111).filter(({ id }) => id % 10 !== 1);
  const known = fresh.get(server) ?? {
    pairs: firsts.map((id): Pair => [byNumber(id), byNumber(10 * id + 1)]),
    singles: random.shuffle(others),
  };
  fresh.set(server, known);
  return known;
}

/** A student with pages 1 to 12 whom no check has asked this server for. */
export function freshStudent(probe: Probe): User {
  return freshOn(probe).singles.shift() as User;
}

export function freshPair(probe: Probe): Pair {
  return freshOn(probe).pairs.shift() as Pair;
}

/** What the registrar says now to what this user asks. */
export async function truthFor({ origin }: Probe, user: User, path: string): Promise<unknown> {
  const asked = path.replace(apiPath('me'), `/students/${user.id}/`);
  const { status, json } = await origin.ask(asked);
  if (status !== 200) throw new Error(`the registrar answered ${status} to ${asked}`);
  return json;
}

/** Calls for data of this student; look-ups of tokens are none. */
export const callsFor = ({ origin }: Probe, { id }: User) => origin.count({ key: `${id}` });

/** Asks as this user, which must be answered 200, and counts what that costs the origin. */
export async function ask(
  probe: Probe,
  user: User,
  path: string,
  token: string = user.tokens[0],
): Promise<{ answer: Answer; calls: number }> {
  const before = await callsFor(probe, user);
  const answer = await probe.server.get(path, { token });
  demand('status', 200, answer.status, {
    asked: `student ${user.id}, ${path}, with a good token`,
    rationale: 'The token is good, and the origin is well: there is an answer, and it is theirs.',
    request: answer.request,
  });
  return { answer, calls: (await callsFor(probe, user)) - before };
}

/** Asks with this token, or without any, and gives the status. */
export async function statusOf({ server }: Probe, path: string, token?: string): Promise<number> {
  return (await server.get(path, token === undefined ? {} : { token })).status;
}

/** Ends a session behind the server's back, as another server of the same API would. */
export async function endElsewhere({ origin }: Probe, token: string): Promise<void> {
  const { status } = await fetch(`${origin.url}/tokens/${token}/`, { method: 'DELETE' });
  if (status !== 204) throw new Error(`the registrar answered ${status} to the end of a session`);
}

/** Staff post a grade, which must be answered 201. */
export async function postGrade(probe: Probe, student: User): Promise<void> {
  const { school, server, random } = probe;
  const answer = await server.request({
    method: 'POST',
    path: apiPath('students', student.id, 'grades'),
    token: school.staff[0]?.tokens[0] as string,
    body: { subject: school.subjects[0]?.name, grade: random.integer(0, 100) },
  });
  demand('status', 201, answer.status, {
    asked: `a teacher posted a grade for student ${student.id}`,
    rationale: 'A grade that cannot be posted is a failure of its own, whatever the cache does.',
    request: answer.request,
  });
}
