/*
 * The five events of the API: who does what, and which call to the origin it takes.
 */
import type { OriginRoute, Probe, ProbeRequest, User } from 'course-labs/kit';
import { apiPath } from 'course-labs/kit';
import { freshStudent, gradesOf, loginOf, newGrade, subjectUpdate, teacherOf } from './asking.ts';

/** Something that somebody does, and that is an event when it succeeds. */
export interface Act {
  event: 'login' | 'grades.read' | 'grade.created' | 'subject.updated' | 'logout';
  by: User;
  request: ProbeRequest;
  /** When it succeeds. */
  status: number;
  /** The call to the origin without which it fails. */
  route: OriginRoute;
}

/** One of each, by people and about a subject that no check has met on this server. */
export function acts(probe: Probe): Act[] {
  const { random, school } = probe;
  const student = freshStudent(probe);
  const teacher = teacherOf(probe);
  const [{ name: subject }] = probe.freshSubjects(1) as [{ name: string }];
  const grade = { subject: school.subjects[0]?.name, grade: random.integer(0, 100) };
  return [
    {
      event: 'login',
      by: student,
      request: loginOf(student, student.password),
      status: 200,
      route: 'token-create',
    },
    {
      event: 'grades.read',
      by: student,
      request: gradesOf(student),
      status: 200,
      route: 'student-grades',
    },
    {
      event: 'grade.created',
      by: teacher,
      request: newGrade(teacher, student, grade),
      status: 201,
      route: 'grade-create',
    },
    {
      event: 'subject.updated',
      by: teacher,
      request: subjectUpdate(teacher, subject, { room: `room ${random.text(4)}` }),
      status: 200,
      route: 'subject-update',
    },
    {
      event: 'logout',
      by: student,
      request: { method: 'POST', path: apiPath('users', 'logout'), token: student.tokens[1] },
      status: 204,
      route: 'token-delete',
    },
  ];
}

/** Something that the client does wrong. */
export interface Mistake {
  /** In words: `a wrong password`. */
  what: string;
  request: ProbeRequest;
  /** `4xx`: any of them is right. */
  status: number | '4xx';
  /** The event that it must not be a success of. */
  event: Act['event'];
}

export function mistakes(probe: Probe): Mistake[] {
  const { random, school } = probe;
  const student = freshStudent(probe);
  const teacher = teacherOf(probe);
  const [subject, other] = probe.freshSubjects(2) as [{ name: string }, { name: string }];
  const grade = { subject: subject.name, grade: 77 };
  const read = gradesOf(student);
  const nobody = `nobody-${random.text(8)}`;
  return [
    {
      what: 'a wrong password',
      request: loginOf(student, `not ${random.text(8)}`),
      status: 400,
      event: 'login',
    },
    {
      what: 'a body that is no JSON',
      request: { ...loginOf(student, ''), body: '{"username": ' },
      status: '4xx',
      event: 'login',
    },
    { what: 'no token', request: { path: read.path }, status: 401, event: 'grades.read' },
    {
      what: 'a token that nobody has',
      request: { ...read, token: random.text(40) },
      status: 401,
      event: 'grades.read',
    },
    {
      what: 'a page that is not there',
      request: gradesOf(student, 9_999),
      status: 404,
      event: 'grades.read',
    },
    {
      what: 'a student who posts a grade',
      request: newGrade(student, student, grade),
      status: 403,
      event: 'grade.created',
    },
    {
      what: 'a grade of 1,000',
      request: newGrade(teacher, student, { ...grade, grade: 1_000 }),
      status: 400,
      event: 'grade.created',
    },
    {
      what: 'a subject that does not exist',
      request: subjectUpdate(teacher, nobody, { room: '7' }),
      status: 404,
      event: 'subject.updated',
    },
    {
      what: 'a name that another subject has',
      request: subjectUpdate(teacher, subject.name, { name: other.name }),
      status: 409,
      event: 'subject.updated',
    },
    {
      what: 'a logout with a token that nobody has',
      request: {
        method: 'POST',
        path: apiPath('users', 'logout'),
        token: `${school.seed}${random.text(30)}`,
      },
      status: 401,
      event: 'logout',
    },
  ];
}
