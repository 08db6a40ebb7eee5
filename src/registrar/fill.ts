import texts from '../../fixtures/school/texts.json' with { type: 'json' };
import { createRandom, type Random, type School } from '../kit/index.ts';
import type { Database, Value } from './database.ts';
import { indexes, tables } from './schema.ts';

/**
 * Students up to this number are in their last year and have so many grades that page 11 of student 1 and of student
 * 11 are there: keys that only join number and page collide on real pages.
 */
const lastYearStudents = 111;
const gradesInLastYear = 60;
const gradesBefore = 18;
/** Makes a list of some 330 kB: large enough for the cost of copying it to show. */
const announcementCount = 730;
/** The school year that grades are posted in. */
export const currentYear = 2026;

/** Makes the tables and the rows of a school in one transaction: some 40,000 grades. */
export function fill(database: Database, school: School): void {
  const random = createRandom(school.seed, 'rows');
  database.execute('BEGIN');
  database.execute(tables);
  insertUsers(database, school, random.fork('users'));
  insertSubjects(database, school, random.fork('subjects'));
  insertGrades(database, school, random.fork('grades'));
  insertAnnouncements(database, school, random.fork('announcements'));
  database.execute(indexes);
  database.execute('COMMIT');
}

function insertUsers(database: Database, school: School, random: Random): void {
  const users = [...school.students, ...school.staff];
  database.insert(
    'users',
    ['id', 'username', 'password', 'role'],
    users.map(({ id, username, password, role }) => [id, username, password, role]),
  );
  database.insert(
    'tokens',
    ['key', 'user_id'],
    users.flatMap(({ id, tokens }) => tokens.map((key) => [key, id])),
  );
  const lockers = random.shuffle(school.students.map((_, index) => 100 + index));
  database.insert(
    'students',
    ['id', 'grades_canary', 'locker_number', 'locker_combination', 'stats_canary'],
    school.students.map(({ id, canaries }, index) => [
      id,
      canaries.grades,
      lockers[index] as number,
      canaries.locker,
      canaries.stats,
    ]),
  );
}

function insertSubjects(database: Database, school: School, random: Random): void {
  const { en, de } = texts.descriptions;
  const rows = school.subjects.map(({ name }, index): Value[] => {
    const [first, second] = random.shuffle(en.map((_, place) => place));
    const two = (pool: readonly string[]) => `${pool[first as number]} ${pool[second as number]}`;
    const seats = random.integer(20, 40);
    return [
      index + 1,
      name,
      name.toLowerCase(),
      `Prof. ${random.pick(texts.professors)}`,
      `${random.pick(['A', 'B', 'C'])} ${random.integer(1, 3)}.${random.integer(10, 29)}`,
      random.integer(2, 6),
      two(en),
      two(de),
      seats,
      random.integer(0, seats - 10),
    ];
  });
  const columns = 'id name lower_name professor room credits description_en description_de seats';
  database.insert('subjects', [...columns.split(' '), 'seats_taken'], rows);
}

function insertGrades(database: Database, school: School, random: Random): void {
  const difficulty = school.subjects.map(() => random.integer(55, 80));
  const rows: Value[][] = [];
  for (const { id, canaries } of school.students) {
    const count = id <= lastYearStudents ? gradesInLastYear : gradesBefore;
    for (let index = 0; index < count; index += 1) {
      const subject = random.integer(1, school.subjects.length);
      // The sum of three dice is close enough to the bell that real grades make.
      const luck = random.integer(-15, 15) + random.integer(-15, 15) + random.integer(-15, 15);
      const grade = Math.min(100, Math.max(0, (difficulty[subject - 1] as number) + luck));
      const year = currentYear - Math.floor(((count - 1 - index) * 5) / count);
      rows.push([id, subject, grade, year, note(random, canaries.grades)]);
    }
  }
  database.insert('grades', ['student_id', 'subject_id', 'grade', 'year', 'note'], rows);
}

/** The private text of a grade: a remark, and the student's own mark. */
export function note(random: Random, canary: string): string {
  return `${random.pick(texts.notes)} · ${canary}`;
}

function insertAnnouncements(database: Database, school: School, random: Random): void {
  const { titles, sentences } = texts.announcements;
  const rows = Array.from({ length: announcementCount }, (_, index): Value[] => {
    // Ten a week or so, the newest last; dates count back from the first of May.
    const day = new Date(Date.UTC(currentYear, 4, 1) - (announcementCount - index) * 57_600_000);
    return [
      `${random.pick(titles)} (${index + 1})`,
      random.pick(school.staff).username,
      day.toISOString().slice(0, 10),
      random.shuffle(sentences).slice(0, 4).join(' '),
    ];
  });
  database.insert('announcements', ['title', 'author', 'published_on', 'body'], rows);
}
