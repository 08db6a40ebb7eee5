import { createRandom } from '../kit/index.ts';
import type { Database } from './database.ts';
import { currentYear, note } from './fill.ts';
import { paged } from './paging.ts';
import { created, found, type Reply, refused } from './reply.ts';
import { findSubject } from './subjects.ts';

const gradesPerPage = 5;

interface Student {
  id: number;
  username: string;
  grades_canary: string;
  locker_number: number;
  locker_combination: string;
  stats_canary: string;
}

/** `id` as it stands in the path: `1`, never `01`. */
function findStudent(database: Database, id: string): Student | undefined {
  if (!/^[1-9][0-9]{0,8}$/.test(id)) return undefined;
  return database.first<Student>(
    'SELECT * FROM students JOIN users USING (id) WHERE id = ?',
    Number(id),
  );
}

const noStudent = (id: string) => refused(404, `There is no student ${id}.`);

/** Who the student is. */
export function readStudent(database: Database, id: string): Reply {
  const student = findStudent(database, id);
  if (student === undefined) return noStudent(id);
  const { username } = student;
  return found({ owner: student.id, id: student.id, username, role: 'student' });
}

/** A page of the student's grades, the newest first. Every note holds the student's own mark. */
export function readGrades(database: Database, id: string, page: string | undefined): Reply {
  const student = findStudent(database, id);
  if (student === undefined) return noStudent(id);
  const total = database.first<{ count: number }>(
    'SELECT count(*) AS count FROM grades WHERE student_id = ?',
    student.id,
  );
  return paged({
    page,
    size: gradesPerPage,
    count: total?.count ?? 0,
    about: { owner: student.id },
    rows: ({ limit, offset }) =>
      database.all(
        `SELECT subjects.name AS subject, grade, year, note
         FROM grades JOIN subjects ON subjects.id = subject_id
         WHERE student_id = ? ORDER BY grades.id DESC LIMIT ? OFFSET ?`,
        student.id,
        limit,
        offset,
      ),
  });
}

/** The number and the combination of the student's locker; the combination is the student's own mark. */
export function readLocker(database: Database, id: string): Reply {
  const student = findStudent(database, id);
  if (student === undefined) return noStudent(id);
  const { locker_number: number, locker_combination: combination } = student;
  return found({ owner: student.id, number, combination });
}

/** Figures of the student's own grades, with the student's own mark. */
export function readStudentStatistics(database: Database, id: string): Reply {
  const student = findStudent(database, id);
  if (student === undefined) return noStudent(id);
  const figures = database.first(
    `SELECT count(*) AS count, round(avg(grade), 2) AS mean, min(grade) AS lowest, max(grade) AS highest,
       count(DISTINCT subject_id) AS subjects
     FROM grades WHERE student_id = ?`,
    student.id,
  );
  return found({ owner: student.id, ...figures, mark: student.stats_canary });
}

/** Posts a grade. The answer goes to staff, and so has no note: that is the student's. */
export function createGrade(database: Database, id: string, input: unknown): Reply {
  const student = findStudent(database, id);
  if (student === undefined) return noStudent(id);
  const { subject: name, grade } = (input ?? {}) as { subject?: unknown; grade?: unknown };
  const subject = typeof name === 'string' ? findSubject(database, name) : undefined;
  if (subject === undefined) return refused(400, 'subject: the name of a subject is needed.');
  if (typeof grade !== 'number' || !Number.isInteger(grade) || grade < 0 || grade > 100) {
    return refused(400, 'grade: a whole number from 0 to 100 is needed.');
  }
  const remark = note(createRandom(student.id, `${subject.name} ${grade}`), student.grades_canary);
  database.insert(
    'grades',
    ['student_id', 'subject_id', 'grade', 'year', 'note'],
    [[student.id, subject.id, grade, currentYear, remark]],
  );
  return created({ owner: student.id, subject: subject.name, grade, year: currentYear });
}
