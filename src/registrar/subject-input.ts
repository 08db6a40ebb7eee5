import type { Value } from './database.ts';

/** Columns of a subject that a body sets. */
export interface SubjectFields {
  name?: string;
  [column: string]: Value;
}

const texts = ['professor', 'room', 'description_en', 'description_de'];
const longestName = 200;
const longestText = 2000;

/**
 * Reads the body of a POST or PUT: `name`, `professor`, `room`, `description_en` and `description_de` are texts,
 * `credits` is a whole number from 1 to 60. Fields of other names are passed over, as Django REST Framework does.
 */
export function parseSubjectInput(input: unknown): { fields: SubjectFields } | { problem: string } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { problem: 'The body must be a JSON object.' };
  }
  const given = new Map(Object.entries(input));
  const fields: SubjectFields = {};
  const name = given.get('name');
  if (name !== undefined) {
    if (typeof name !== 'string' || !isName(name)) return { problem: `name: ${nameRule}` };
    fields.name = name;
  }
  for (const column of texts) {
    const value = given.get(column);
    if (value === undefined) continue;
    if (typeof value !== 'string' || value.length > longestText || !isStorable(value)) {
      return { problem: `${column}: a text of at most ${longestText} characters is needed.` };
    }
    fields[column] = value;
  }
  const credits = given.get('credits');
  if (credits !== undefined) {
    if (!Number.isInteger(credits) || credits < 1 || credits > 60) {
      return { problem: 'credits: a whole number from 1 to 60 is needed.' };
    }
    fields.credits = credits;
  }
  return { fields };
}

const nameRule = `a text of 1 to ${longestName} characters without / is needed, and neither . nor ..`;

/** The contract's rule for names, so that each has one way into a path. */
function isName(name: string): boolean {
  if (name.trim() === '' || name.length > longestName || name === '.' || name === '..')
    return false;
  return !name.includes('/') && isStorable(name);
}

/** No NUL, at which SQLite's text would end, and no half of a surrogate pair, which UTF-8 cannot hold. */
function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}
