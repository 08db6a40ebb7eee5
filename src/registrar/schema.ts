/**
 * The school's tables. `subjects.lower_name` is JavaScript's toLowerCase of the name, since SQLite's own lower() knows
 * ASCII alone.
 */
export const tables = `
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  username TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('student', 'staff'))
);
CREATE TABLE students (
  id INTEGER PRIMARY KEY REFERENCES users (id),
  grades_canary TEXT NOT NULL,
  locker_number INTEGER NOT NULL,
  locker_combination TEXT NOT NULL,
  stats_canary TEXT NOT NULL
);
CREATE TABLE tokens (
  key TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id)
) WITHOUT ROWID;
CREATE TABLE subjects (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  lower_name TEXT NOT NULL UNIQUE,
  professor TEXT NOT NULL,
  room TEXT NOT NULL,
  credits INTEGER NOT NULL,
  description_en TEXT NOT NULL,
  description_de TEXT NOT NULL,
  seats INTEGER NOT NULL,
  seats_taken INTEGER NOT NULL
);
CREATE TABLE grades (
  id INTEGER PRIMARY KEY,
  student_id INTEGER NOT NULL REFERENCES students (id),
  subject_id INTEGER NOT NULL REFERENCES subjects (id),
  grade INTEGER NOT NULL CHECK (grade BETWEEN 0 AND 100),
  year INTEGER NOT NULL,
  note TEXT NOT NULL
);
CREATE TABLE announcements (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  author TEXT NOT NULL,
  published_on TEXT NOT NULL,
  body TEXT NOT NULL
);
`;

/** Made when the rows are there, which is quicker. The second holds all that statistics read. */
export const indexes = `
CREATE INDEX grades_of_student ON grades (student_id);
CREATE INDEX grades_of_subject ON grades (subject_id, grade, year);
`;
