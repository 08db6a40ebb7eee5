import type { Random, School } from 'course-labs/kit';
import { plainSubjects } from 'course-labs/kit';
import { type Instance, instances, lengthMs, type Plan } from './incident-plan.ts';

/** What a request is about; the first three are private. */
export type RequestKind = 'grades' | 'stats' | 'locker' | 'subject' | 'public' | 'login' | 'grade';

/** One request, as the load balancer passes it on. */
export interface Request {
  atMs: number;
  instance: Instance;
  method: 'GET' | 'POST';
  /** With its query. */
  path: string;
  kind: RequestKind;
  /** Who sent it; undefined where nobody is signed in. */
  userId?: number;
  /** Of a login the student who signs in, of a posted grade the one whom it is for. */
  studentId?: number;
  /** A login with a wrong password. */
  isRefused?: boolean;
  /** How often this client has asked for it before, in vain. */
  retries: number;
}

type What = Omit<Request, 'atMs' | 'instance' | 'retries' | 'userId'>;

/** Before the first record there was a time like it: the caches are warm when the logs begin. */
const warmUpMs = 60_000;

const api = '/api/v1';
const get = (kind: RequestKind, path: string): What => ({ method: 'GET', kind, path: api + path });
const login: What = { method: 'POST', kind: 'login', path: `${api}/users/login/` };
const grades = (page: number) => get('grades', `/me/grades/?page=${page}`);
const ownStats = get('stats', '/me/stats/');

/** Students, visitors and teachers of five minutes on the day of the results, and somebody who tries passwords. */
export function makeTraffic(random: Random, plan: Plan, school: School): Request[] {
  const requests: Request[] = [];
  const send = (atMs: number, what: What, userId?: number, instance = random.pick(instances)) =>
    requests.push({
      ...what,
      atMs: Math.round(atMs),
      instance,
      retries: 0,
      ...(userId !== undefined && { userId }),
    });
  const subjects = plainSubjects(school)
    .slice(0, 24)
    .map(({ name }) => name);
  const students = random.shuffle(school.students.slice(1).map(({ id }) => id));

  for (
    let atMs = -warmUpMs;
    atMs < lengthMs;
    atMs += 1_000 / sessionsPerSecond(atMs, plan, random)
  ) {
    const isStudent = random.next() < 0.72;
    const userId = isStudent ? (students.pop() as number) : undefined;
    let nextMs = atMs;
    for (const what of isStudent ? studentVisit(random, subjects) : visit(random, subjects)) {
      if (what.kind === 'login') send(nextMs, { ...what, studentId: userId as number });
      // Of the time before the logs, only what everybody shares leaves a trace.
      else if (nextMs >= 0 || what.kind === 'subject') send(nextMs, what, userId);
      nextMs += what.kind === 'subject' ? random.integer(40, 900) : random.integer(900, 7_000);
    }
  }
  for (
    let atMs = random.integer(4_000, 9_000);
    atMs < lengthMs;
    atMs += random.integer(9e3, 15e3)
  ) {
    const studentId = random.pick(school.students).id;
    const path = `${api}/students/${studentId}/grades/`;
    send(atMs, { method: 'POST', kind: 'grade', path, studentId }, random.pick(school.staff).id);
  }
  for (let count = 0; count < 26; count += 1) {
    send(plan.loginsMs + count * 620 + random.integer(0, 300), { ...login, isRefused: true });
  }
  // The statistics that were slow before, asked for by a wall display.
  for (let atMs = random.integer(2e3, 4e3); atMs < lengthMs; atMs += random.integer(30e3, 33e3)) {
    send(atMs, subjectStats(plan.slowSubject));
  }
  // The first answer from the new response cache goes to the one who filled it: a hit is no leak yet.
  for (const request of requests.filter((each) => isEarly(each, plan))) request.atMs += calmMs;
  const first = students.pop() as number;
  send(plan.deployMs.a + 40, ownStats, first, 'a');
  send(plan.deployMs.a + 350, ownStats, first, 'a');
  return requests.filter(({ atMs }) => atMs < lengthMs).sort((one, two) => one.atMs - two.atMs);
}

const calmMs = 900;

/** Right after the deploy, and about somebody's own data. */
function isEarly({ atMs, path }: Request, { deployMs }: Plan): boolean {
  return path.startsWith(`${api}/me/`) && atMs > deployMs.a - 300 && atMs < deployMs.a + 500;
}

/** The results are out; a message on every student's phone tells them so. */
function sessionsPerSecond(atMs: number, { noticeMs }: Plan, random: Random): number {
  const isTold = atMs > noticeMs && atMs < noticeMs + 48_000;
  const crowd = isTold ? 2.7 : 0.95 + Math.min(Math.max(0, atMs), 100_000) / 500_000;
  return crowd * (0.7 + 0.6 * random.next());
}

function studentVisit(random: Random, subjects: readonly string[]): What[] {
  const maybe = (chance: number, what: () => What[]) => (random.next() < chance ? what() : []);
  // One's own grades beside those of everybody: a page of the app asks for several subjects.
  const compare = () => someSubjects(random, subjects, 2, 5);
  return [
    ...maybe(0.3, () => [login]),
    grades(1),
    ...compare(),
    ...maybe(0.55, () => [ownStats]),
    ...maybe(0.35, () => [grades(2), ...compare()]),
    ...maybe(0.4, () => [grades(1), ...compare()]),
    ...maybe(0.1, () => [grades(3)]),
    ...maybe(0.08, () => [get('locker', '/me/locker/')]),
    ...maybe(0.2, () => [ownStats]),
  ];
}

function visit(random: Random, subjects: readonly string[]): What[] {
  const list = get('public', `/subjects/?page=${random.integer(1, 3)}`);
  const first = random.pick([list, get('public', '/announcements/')]);
  return [first, ...someSubjects(random, subjects, 1, 5)];
}

/** Some subjects are asked for more than others. */
function someSubjects(random: Random, subjects: readonly string[], least: number, most: number) {
  const popular = () => subjects[Math.floor(subjects.length * random.next() ** 1.3)] as string;
  return Array.from({ length: random.integer(least, most) }, () => subjectStats(popular()));
}

function subjectStats(name: string): What {
  return get('subject', `/subjects/${encodeURIComponent(name)}/stats/`);
}
