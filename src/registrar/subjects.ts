import type { Database, Row } from './database.ts';
import { paged } from './paging.ts';
import { created, found, type Reply, refused } from './reply.ts';
import { parseSubjectInput } from './subject-input.ts';

const subjectsPerPage = 12;

/** A query string's `lang`: `de`, or anything else for English. */
export type Language = string | undefined;

const columns = 'name, professor, room, credits';
const description = (language: Language) =>
  `${language === 'de' ? 'description_de' : 'description_en'} AS description`;

/** The id and the own spelling of the subject of a name in any case. */
export function findSubject(
  database: Database,
  name: string,
): { id: number; name: string } | undefined {
  return database.first('SELECT id, name FROM subjects WHERE lower_name = ?', name.toLowerCase());
}

export const noSubject = (name: string) => refused(404, `There is no subject ${name}.`);

/** `search` is looked for in names, case-sensitive and as it is. */
export function listSubjects(
  database: Database,
  search: string | undefined,
  page: string | undefined,
  language: Language,
): Reply {
  const wanted = search ?? '';
  const where = 'WHERE instr(name, ?) > 0';
  const total = database.first<{ count: number }>(
    `SELECT count(*) AS count FROM subjects ${where}`,
    wanted,
  );
  return paged({
    page,
    size: subjectsPerPage,
    count: total?.count ?? 0,
    about: { search: wanted },
    rows: ({ limit, offset }) =>
      database.all(
        `SELECT ${columns}, ${description(language)} FROM subjects ${where} ORDER BY id LIMIT ? OFFSET ?`,
        wanted,
        limit,
        offset,
      ),
  });
}

export function readSubject(database: Database, name: string, language: Language): Reply {
  const subject = findSubject(database, name);
  return subject === undefined ? noSubject(name) : found(body(database, subject.id, language));
}

/** 201, 400 for fields of the wrong kind, 409 where the name is taken. */
export function createSubject(database: Database, input: unknown, language: Language): Reply {
  const parsed = parseSubjectInput(input);
  if ('problem' in parsed) return refused(400, parsed.problem);
  const { fields } = parsed;
  if (fields.name === undefined) return refused(400, 'name: needed.');
  if (findSubject(database, fields.name) !== undefined) return taken(fields.name);
  const row = {
    professor: 'to be announced',
    room: 'to be announced',
    credits: 3,
    description_en: 'New this year.',
    description_de: 'Neu in diesem Jahr.',
    seats: 30,
    seats_taken: 0,
    ...fields,
    lower_name: fields.name.toLowerCase(),
  };
  database.insert('subjects', Object.keys(row), [Object.values(row)]);
  const { id } = findSubject(database, fields.name) as { id: number };
  return created(body(database, id, language));
}

/** Changes the fields that are given. 200, 404, 400 as above, 409 where the new name is another subject's. */
export function updateSubject(
  database: Database,
  name: string,
  input: unknown,
  language: Language,
): Reply {
  const subject = findSubject(database, name);
  if (subject === undefined) return noSubject(name);
  const parsed = parseSubjectInput(input);
  if ('problem' in parsed) return refused(400, parsed.problem);
  const { fields } = parsed;
  if (fields.name !== undefined) {
    const other = findSubject(database, fields.name);
    if (other !== undefined && other.id !== subject.id) return taken(fields.name);
    fields.lower_name = fields.name.toLowerCase();
  }
  for (const [column, value] of Object.entries(fields)) {
    database.all(`UPDATE subjects SET ${column} = ? WHERE id = ?`, value, subject.id);
  }
  return found(body(database, subject.id, language));
}

const taken = (name: string) => refused(409, `There is a subject ${name} already.`);

function body(database: Database, id: number, language: Language): Row | undefined {
  return database.first(
    `SELECT ${columns}, ${description(language)} FROM subjects WHERE id = ?`,
    id,
  );
}
