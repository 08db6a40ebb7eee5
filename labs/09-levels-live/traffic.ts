import type { LoadRequest, Origin, Random, School, User } from 'course-labs/kit';
import { apiPath, createRandom, plainSubjects } from 'course-labs/kit';

/** What a request of the school's day comes to. */
export type Kind = 'statistics' | 'grades' | 'login' | 'refused' | 'failed' | 'mixed-up';

/** What each kind is, behind a number, in the words of a table's note. */
export const kinds: Readonly<Record<Kind, string>> = {
  statistics: 'for statistics',
  grades: 'for grades',
  login: 'to sign in',
  refused: 'with a wrong password',
  failed: 'for statistics that the registrar fails to give',
  'mixed-up': "answered by the registrar with another student's grades",
};

export interface TrafficRequest extends LoadRequest {
  kind: Kind;
}

/** The one subject whose statistics fail, and the one student who gets another one's grades. */
const failingSubject = (school: School): string => plainSubjects(school)[1]?.name ?? '';
const victim = ({ students }: School) => students[4] as User;
const other = ({ students }: School) => students[5] as User;

/** The school's troubles: they last for as long as the origin does. */
export async function makeTrouble(origin: Pick<Origin, 'fail'>, school: School): Promise<void> {
  await origin.fail({ route: 'subject-stats', key: failingSubject(school), status: 503 });
  const body = { count: 0, page: 1, next: null, previous: null, owner: other(school).id };
  await origin.fail({
    route: 'student-grades',
    key: `${victim(school).id}`,
    status: 200,
    body: JSON.stringify({ ...body, results: [] }),
  });
}

const total = 60;
/** Statistics that come from the cache, between two requests that need the registrar. */
const between = 14;

/** The same day on a busier server: most answers come from the cache, so that what a line costs can be seen. */
export function busyDay(school: School): LoadRequest[] {
  const { name } = plainSubjects(school)[2] as { name: string };
  const statistics: LoadRequest = { path: apiPath('subjects', name, 'stats') };
  return trafficOf(school).flatMap(({ kind: _, ...request }) => [
    request,
    ...Array.from({ length: between }, () => statistics),
  ]);
}

/** Sixty requests of several users, the same each time for one school: about one in five goes wrong. */
export function trafficOf(school: School): TrafficRequest[] {
  const random = createRandom(school.seed, 'traffic');
  const counts = {
    login: random.integer(3, 6),
    refused: random.integer(4, 7),
    failed: random.integer(2, 4),
    'mixed-up': random.integer(1, 2),
    grades: random.integer(20, 24),
  };
  const others = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return random.shuffle(
    Object.entries({ ...counts, statistics: total - others }).flatMap(([kind, count]) =>
      Array.from({ length: count }, () => requestOf(kind as Kind, school, random)),
    ),
  );
}

function requestOf(kind: Kind, school: School, random: Random): TrafficRequest {
  const { username, password, tokens } = random.pick(school.students.slice(0, 4));
  switch (kind) {
    case 'statistics': {
      const { name } = random.pick(plainSubjects(school).slice(2, 8));
      return { kind, path: apiPath('subjects', name, 'stats') };
    }
    case 'failed':
      return { kind, path: apiPath('subjects', failingSubject(school), 'stats') };
    case 'grades':
      return { kind, ...gradesOf(tokens[0]) };
    case 'mixed-up':
      return { kind, ...gradesOf(victim(school).tokens[0]) };
    case 'login':
      return { kind, ...signIn(username, password) };
    case 'refused':
      return { kind, ...signIn(username, `${password}x`) };
  }
}

function gradesOf(token: string): LoadRequest {
  return {
    path: `${apiPath('me', 'grades')}?page=1`,
    headers: { authorization: `Token ${token}` },
  };
}

function signIn(username: string, password: string): LoadRequest {
  return {
    method: 'POST',
    path: apiPath('users', 'login'),
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  };
}
