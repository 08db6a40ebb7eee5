import { createRandom, type OriginRoute, type School, type ScriptedPage } from '../kit/index.ts';
import { readAnnouncements } from './announcements.ts';
import { type Database, openDatabase } from './database.ts';
import { explain } from './explain.ts';
import { fill } from './fill.ts';
import { found, type Reply, refused } from './reply.ts';
import { bookSeat, readSeats } from './seats.ts';
import { readSubjectStatistics } from './statistics.ts';
import * as students from './students.ts';
import * as subjects from './subjects.ts';
import type { Target } from './target.ts';
import * as tokens from './tokens.ts';

/** One question to the registrar, whichever way it came. */
export interface Question extends Target {
  query: Readonly<Record<string, string>>;
  /** The body read as JSON; undefined where it is none. */
  body: unknown;
}

/** The school's data and what it says. Knows nothing of HTTP, counts and rules. */
export interface Answers {
  answer(question: Question): Reply;
  /** The key of a call: a subject's own spelling, else the name as it was asked for; undefined where there is none. */
  keyOf(question: Question): string | undefined;
  /** Somebody books a seat. */
  bookSeat(subject: string): void;
  script(pageId: string, page: ScriptedPage): void;
  /** Back to the state after filling: rows, and no scripted pages. */
  reset(): void;
}

export function createAnswers(school: School): Answers {
  const database = openDatabase();
  fill(database, school);
  // Everything after this happens in one transaction that is never committed.
  database.execute('SAVEPOINT filled');
  const pages = new Map<string, ScriptedPage>();
  // Not wound back at a reset: a token of before must not be somebody's after it.
  const sessions = createRandom(school.seed, 'sessions');

  const answers: Record<OriginRoute, (question: Question) => Reply> = {
    subjects: ({ query }) => subjects.listSubjects(database, query.search, query.page, query.lang),
    subject: ({ name, query }) => subjects.readSubject(database, name, query.lang),
    'subject-stats': ({ name }) => readSubjectStatistics(database, name),
    announcements: () => readAnnouncements(database),
    seats: ({ name }) => readSeats(database, name),
    'subject-create': ({ body, query }) => subjects.createSubject(database, body, query.lang),
    'subject-update': ({ name, body, query }) =>
      subjects.updateSubject(database, name, body, query.lang),
    student: ({ name }) => students.readStudent(database, name),
    'student-grades': ({ name, query }) => students.readGrades(database, name, query.page),
    'student-locker': ({ name }) => students.readLocker(database, name),
    'student-stats': ({ name }) => students.readStudentStatistics(database, name),
    'grade-create': ({ name, body }) => students.createGrade(database, name, body),
    'token-create': ({ body }) => tokens.createToken(database, body, sessions),
    token: ({ name }) => tokens.readToken(database, name),
    'token-delete': ({ name }) => tokens.deleteToken(database, name),
    page: ({ name }) => {
      const page = pages.get(name);
      return page === undefined ? refused(404, `There is no page ${name}.`) : found(page);
    },
    explain: () => explain(database),
    unknown: () => refused(404, 'The registrar has no such route; its paths end with a slash.'),
  };

  return {
    answer: (question) => answers[question.route](question),
    keyOf: (question) => keyOf(database, question),
    bookSeat: (subject) => bookSeat(database, subject),
    script: (pageId, page) => void pages.set(pageId, page),
    reset() {
      database.execute('ROLLBACK TO filled');
      pages.clear();
    },
  };
}

function keyOf(database: Database, { route, name, body }: Question): string | undefined {
  if (route === 'subject-create') {
    const created = (body as { name?: unknown } | undefined)?.name;
    return typeof created === 'string' ? created : undefined;
  }
  if (name === '') return undefined;
  const ofSubject = route.startsWith('subject') || route === 'seats';
  return (ofSubject ? subjects.findSubject(database, name)?.name : undefined) ?? name;
}
